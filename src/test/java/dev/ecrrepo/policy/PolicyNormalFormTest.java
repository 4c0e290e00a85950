package dev.ecrrepo.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each row: why, whether the two mean the same, and the two, as members of one statement unless
/// they begin with a brace. `'` stands for a double quote.
class PolicyNormalFormTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a list of one action comes back as a scalar     | same   | 'Action': ['ecr:PutImage']                    | 'Action': 'ecr:PutImage'
          the order of actions has no meaning             | same   | 'Action': ['ecr:PutImage', 'ecr:ListImages']   | 'Action': ['ecr:ListImages', 'ecr:PutImage']
          an action may be said twice                     | same   | 'Action': ['ecr:PutImage', 'ecr:PutImage']     | 'Action': 'ecr:PutImage'
          actions have no letter case                     | same   | 'Action': 'ECR:putimage'                      | 'Action': 'ecr:PutImage'
          another action                                  | other  | 'Action': 'ecr:PutImage'                      | 'Action': 'ecr:ListImages'
          all actions but one are not that one            | other  | 'Action': 'ecr:PutImage'                      | 'NotAction': 'ecr:PutImage'
          an account comes back as the ARN of its root    | same   | 'Principal': {'AWS': '111122223333'}          | 'Principal': {'AWS': ['arn:aws:iam::111122223333:root']}
          the same in China                               | same   | 'Principal': {'AWS': '111122223333'}          | 'Principal': {'AWS': 'arn:aws-cn:iam::111122223333:root'}
          the order of principals has no meaning          | same   | 'Principal': {'AWS': ['111122223333', '444455556666']} | 'Principal': {'AWS': ['arn:aws:iam::444455556666:root', 'arn:aws:iam::111122223333:root']}
          the order of kinds of principal                 | same   | 'Principal': {'AWS': '1', 'Service': 's'}     | 'Principal': {'Service': 's', 'AWS': ['1']}
          everybody in two notations                      | same   | 'Principal': '*'                              | 'Principal': {'AWS': ['*']}
          everybody is not everybody but                  | other  | 'Principal': '*'                              | 'NotPrincipal': '*'
          another account                                 | other  | 'Principal': {'AWS': '111122223333'}          | 'Principal': {'AWS': '444455556666'}
          a role is not its account                       | other  | 'Principal': {'AWS': '111122223333'}          | 'Principal': {'AWS': 'arn:aws:iam::111122223333:role/ci'}
          the names of roles have letter case             | other  | 'Principal': {'AWS': 'arn:aws:iam::111122223333:role/ci'} | 'Principal': {'AWS': 'arn:aws:iam::111122223333:role/CI'}
          a deleted role comes back as its unique ID      | other  | 'Principal': {'AWS': 'arn:aws:iam::111122223333:role/ci'} | 'Principal': {'AWS': 'AROAEXAMPLEEXAMPLE12'}
          a service is not an account's principal         | other  | 'Principal': {'AWS': 's'}                     | 'Principal': {'Service': 's'}
          an effect                                       | other  | 'Effect': 'Allow'                             | 'Effect': 'Deny'
          a Sid                                           | other  | 'Sid': 'a'                                    | 'Sid': 'b'
          an empty Sid is none                            | same   | 'Sid': ''                                     | {'Statement': {}}
          a Sid is somebody's name for it                 | other  | 'Sid': 'a'                                    | {'Statement': {}}
          every resource is this repository               | same   | 'Resource': '*'                               | {'Statement': {}}
          one resource is not every one                   | other  | 'Resource': 'arn:aws:ecr:eu-west-1:111122223333:repository/a' | {'Statement': {}}
          an empty condition is none                      | same   | 'Condition': {}                               | {'Statement': {}}
          a condition is not none                         | other  | 'Condition': {'Bool': {'aws:SecureTransport': 'true'}} | {'Statement': {}}
          a condition's value in a list or not            | same   | 'Condition': {'StringEquals': {'k': 'v'}}     | 'Condition': {'StringEquals': {'k': ['v']}}
          a condition's values have no order              | same   | 'Condition': {'StringEquals': {'k': ['v', 'w']}} | 'Condition': {'StringEquals': {'k': ['w', 'v']}}
          a condition's values have letter case           | other  | 'Condition': {'StringEquals': {'k': 'v'}}     | 'Condition': {'StringEquals': {'k': 'V'}}
          operators and keys have no letter case          | same   | 'Condition': {'StringLike': {'aws:sourceArn': 'v'}} | 'Condition': {'stringlike': {'aws:SourceArn': 'v'}}
          the order of operators has no meaning           | same   | 'Condition': {'A': {'k': 'v'}, 'B': {'k': 'v'}} | 'Condition': {'B': {'k': 'v'}, 'A': {'k': 'v'}}
          a truth is its text                             | same   | 'Condition': {'Bool': {'k': true}}            | 'Condition': {'Bool': {'k': 'true'}}
          a number is its text                            | same   | 'Condition': {'NumericLessThan': {'k': 5}}    | 'Condition': {'NumericLessThan': {'k': '5'}}
          another operator                                | other  | 'Condition': {'StringEquals': {'k': 'v'}}     | 'Condition': {'StringLike': {'k': 'v'}}
          two spellings of one key are not one of them    | other  | 'Condition': {'A': {'k': 'v', 'K': 'w'}}      | 'Condition': {'A': {'k': 'v'}}
          an unknown member is a difference               | other  | 'Effect': 'Allow', 'Extra': 1                 | 'Effect': 'Allow'
          an unknown member of the document too           | other  | {'Statement': [], 'Extra': 1}                 | {'Statement': []}
          a principal of an unknown kind                  | other  | 'Principal': {'AWS': '1', 'Extra': 'x'}       | 'Principal': {'AWS': '1'}
          one statement in a list or not                  | same   | {'Statement': {'Effect': 'Allow'}}            | {'Statement': [{'Effect': 'Allow'}]}
          statements have no order                        | same   | {'Statement': [{'Sid': 'a'}, {'Sid': 'b'}]}   | {'Statement': [{'Sid': 'b'}, {'Sid': 'a'}]}
          one statement more                              | other  | {'Statement': [{'Sid': 'a'}, {'Sid': 'b'}]}   | {'Statement': [{'Sid': 'a'}]}
          without a version it is the older language      | same   | {'Version': '2008-10-17', 'Statement': []}    | {'Statement': []}
          the two languages differ in variables           | other  | {'Version': '2012-10-17', 'Statement': []}    | {'Statement': []}
          an Id is somebody's name for it                 | other  | {'Id': 'x', 'Statement': []}                  | {'Statement': []}
          members have no order                           | same   | {'Version': '2012-10-17', 'Statement': []}    | {'Statement': [], 'Version': '2012-10-17'}
          """)
  void twoPoliciesMeanTheSameOrNot(String why, String outcome, String one, String other) {
    boolean same = PolicyNormalForm.of(policy(one)).equals(PolicyNormalForm.of(policy(other)));
    assertEquals(outcome, same ? "same" : "other", why);
  }

  private static JsonObject policy(String text) {
    String json = text.replace('\'', '"');
    try {
      return (JsonObject)
          Json.parse(json.startsWith("{") ? json : "{\"Statement\": [{" + json + "}]}");
    } catch (JsonSyntaxException e) {
      throw new AssertionError(json, e);
    }
  }
}
