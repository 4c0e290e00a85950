package dev.ecrrepo.document;

/// Letters and digits of ASCII, which AWS's identifiers are made of.
public final class Ascii {

  private Ascii() {}

  public static boolean isLowerCaseOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  public static boolean isLetterOrDigit(int c) {
    return isLowerCaseOrDigit(c) || (c >= 'A' && c <= 'Z');
  }
}
