package dev.ecrrepo.simulation;

/// What must hold whatever happens.
enum Invariant {
  ONE_ANSWER("one answer or one exception for each delivery"),
  SOUND_ANSWER("every answer keeps to CloudFormation's protocol, with at most 4,096 bytes"),
  NO_UNEXPECTED_FAULT("no unexpected fault"),
  NO_SECRET("no secret in anything that is printed"),
  FOREIGN_UNTOUCHED("nothing of others is changed or deleted"),
  PURE_ADOPTION("a take-over or a release changes nothing but the provider's own tags"),
  IMAGES_KEPT("no image is lost but by a Delete whose own properties say so"),
  CONVERGED("after SUCCESS the repository is what a new one of the same properties would be"),
  PLAN_EMPTY("after SUCCESS the next plan is empty"),
  ROLLED_BACK("after a rollback everything is as before the update"),
  ROLLBACK_SUCCEEDS("a rollback fails for no reason that the update did not bring"),
  GRANTS_END("what a stack no longer grants, nobody has"),
  OLD_EVENT_CHANGES_NOTHING("an event older than what was applied changes nothing"),
  NOTHING_LEFT("after the stack's end nothing of it is left"),
  GUARDRAILS_HOLD("no change adds what a new request could not get past the guardrails"),
  OWNED("after SUCCESS the repository carries the tags of its resource"),
  ECR_REFUSES_NOTHING("ECR refuses nothing that the provider's own check let pass");

  private final String sentence;

  Invariant(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
