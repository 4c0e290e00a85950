package dev.ecrrepo.document;

/// A text that is not JSON. The message is a clause for a person, with its place: `line 3, column
/// 7: a comma is missing`; it never contains more of the text than a few characters.
public final class JsonSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  JsonSyntaxException(String message) {
    super(message);
  }
}
