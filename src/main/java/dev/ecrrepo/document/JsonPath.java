package dev.ecrrepo.document;

/// Where in a document a value stands, as a template author writes it:
/// `LifecycleRules[2].TagStatus`. List positions count from 0, as in CloudFormation's own messages.
public record JsonPath(String text) {

  /// The document itself.
  public static final JsonPath ROOT = new JsonPath("");

  public static JsonPath of(String property) {
    return ROOT.member(property);
  }

  public JsonPath member(String key) {
    String step = isPlain(key) ? key : "'" + key + "'";
    return new JsonPath(text.isEmpty() ? step : text + "." + step);
  }

  private static boolean isPlain(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean plain =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || "_:/-".indexOf(c) >= 0;
      if (!plain) {
        return false;
      }
    }
    return !key.isEmpty();
  }

  public JsonPath element(int index) {
    return new JsonPath(text + "[" + index + "]");
  }

  @Override
  public String toString() {
    return text;
  }
}
