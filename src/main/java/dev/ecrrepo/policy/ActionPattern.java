package dev.ecrrepo.policy;

import java.util.Locale;

/// An action as a policy names it: `ecr:BatchGetImage`, `ecr:*Image`. IAM compares the names of
/// actions case-insensitively.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
record ActionPattern(String text) {

  ActionPattern {
    text = text.toLowerCase(Locale.ROOT);
  }

  /// `*` matches any number of characters, `?` one. The time is at most proportional to the product
  /// of both lengths.
  boolean matches(String action) {
    String name = action.toLowerCase(Locale.ROOT);
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (p < text.length() && text.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (p < text.length() && (text.charAt(p) == '?' || text.charAt(p) == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < text.length() && text.charAt(p) == '*') {
      p++;
    }
    return p == text.length();
  }
}
