package dev.ecrrepo.document;

/// A text that is not JSON. The message is a clause, usually after its place: `line 3, column 7:
/// found '}', expected a comma`. Of the text, it quotes at most one word or key.
public final class JsonSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  JsonSyntaxException(String message) {
    this(message, "Fix the JSON there");
  }

  JsonSyntaxException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /// What the author of a document can do.
  ///
  /// @param document what the text is: `policy`
  public String remedy(String document) {
    return "%s, or write the %s as an object of the template.".formatted(remedy, document);
  }
}
