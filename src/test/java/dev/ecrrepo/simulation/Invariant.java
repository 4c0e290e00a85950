package dev.ecrrepo.simulation;

/// What must hold whatever happens.
enum Invariant {
  ONE_ANSWER("each delivery ends in exactly one answer or one exception"),
  SOUND_ANSWER("every answer conforms to CloudFormation's protocol, and has at most 4,096 bytes"),
  NO_UNEXPECTED_FAULT("no request fails because of an exception that the provider does not expect"),
  NO_SECRET("nothing that is printed contains a secret"),
  FOREIGN_UNTOUCHED("nothing that belongs to others is changed or deleted"),
  PURE_ADOPTION("a take-over or a release changes only the provider's own tags"),
  IMAGES_KEPT("images are deleted only by a Delete whose own properties say so"),
  CONVERGED("after SUCCESS, the repository is like a new one with the same properties"),
  PLAN_EMPTY("after SUCCESS, the next plan is empty"),
  ROLLED_BACK("after a rollback, everything is as it was before the update"),
  ROLLBACK_SUCCEEDS("a rollback does not fail if the state before the update was sound"),
  GRANTS_END("nobody keeps access that a stack no longer grants"),
  OLD_EVENT_CHANGES_NOTHING("an event that is older than what was applied changes nothing"),
  NOTHING_LEFT("after a stack is deleted, only what it retains is left"),
  GUARDRAILS_HOLD("no change adds anything that the guardrails would refuse in a new request"),
  OWNED("after SUCCESS, the repository has the tags of its resource"),
  ECR_REFUSES_NOTHING("ECR refuses nothing that the provider's own checks accepted");

  private final String sentence;

  Invariant(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
