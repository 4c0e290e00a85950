package dev.ecrrepo.document;

/// A reference that arrived as text, because CloudFormation did not resolve it.
public enum UnresolvedReference {
  /// `{{resolve:ssm-secure:…}}` and `{{resolve:secretsmanager:…}}`, which CloudFormation does not
  /// resolve in custom resources.
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
  DYNAMIC(
      "a dynamic reference that CloudFormation did not resolve",
      "A custom resource cannot use ssm-secure or secretsmanager references. Store the value in"
          + " Parameter Store with the type String, and use a parameter of the type"
          + " AWS::SSM::Parameter::Value<String>"),

  /// `${…}` outside of Fn::Sub.
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
  SUBSTITUTION(
      "a reference that CloudFormation did not resolve", "Write !Sub before it (in JSON: Fn::Sub)");

  private final String statement;
  private final String remedy;

  UnresolvedReference(String statement, String remedy) {
    this.statement = statement;
    this.remedy = remedy;
  }

  /// What it is, to follow "is" or "has".
  public String statement() {
    return statement;
  }

  /// What the author of the template can do, without the final period.
  public String remedy() {
    return remedy;
  }
}
