package dev.ecrrepo.identifier;

import dev.ecrrepo.document.Ascii;
import java.util.Optional;
import java.util.regex.Pattern;

/// The ID of an organization, `o-a1b2c3d4e5`, and paths to its units,
/// `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*`.
/// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
public final class OrganizationId {

  private static final int MAX_LENGTH = 34;
  private static final String ID = "o-[a-z0-9]{10,32}+";
  private static final String ROOT = "r-[a-z0-9]{4,32}+/";
  private static final String UNIT = "ou-[a-z0-9]{4,32}+-[a-z0-9]{8,32}+/";
  private static final Pattern PATH =
      Pattern.compile(ID + "/(?:\\*|" + ROOT + "(?:" + UNIT + ")*+(?:(?:ou-)?+\\*)?+)");

  private OrganizationId() {}

  public static boolean isValid(String text) {
    return text.startsWith("o-")
        && text.length() >= 12
        && text.length() <= MAX_LENGTH
        && text.chars().skip(2).allMatch(Ascii::isLowerCaseOrDigit);
  }

  public static boolean isPath(String text) {
    return PATH.matcher(text).matches();
  }

  /// The organization that a path begins with.
  public static Optional<String> ofPath(String path) {
    int slash = path.indexOf('/');
    return slash < 0
        ? Optional.empty()
        : Optional.of(path.substring(0, slash)).filter(OrganizationId::isValid);
  }
}
