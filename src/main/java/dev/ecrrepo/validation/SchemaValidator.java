package dev.ecrrepo.validation;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonNull;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.Scalars;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.schema.Shape;
import dev.ecrrepo.schema.Shape.BooleanShape;
import dev.ecrrepo.schema.Shape.DocumentShape;
import dev.ecrrepo.schema.Shape.IntegerShape;
import dev.ecrrepo.schema.Shape.ListShape;
import dev.ecrrepo.schema.Shape.ObjectShape;
import dev.ecrrepo.schema.Shape.TextShape;
import dev.ecrrepo.wording.MisplacedLifecyclePolicy;
import dev.ecrrepo.wording.MistypedText;
import dev.ecrrepo.wording.NoValue;
import dev.ecrrepo.wording.Optionality;
import dev.ecrrepo.wording.UnknownName;
import dev.ecrrepo.wording.ValidValue;
import dev.ecrrepo.wording.WrongLength;
import dev.ecrrepo.wording.WrongNumber;
import dev.ecrrepo.wording.WrongText;
import dev.ecrrepo.wording.WrongType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Walks a document along its schema, collects every fault and decodes every value: an integer
/// becomes a number, a boolean a boolean, any other scalar a string.
public final class SchemaValidator {

  /// In place of a faulty value. The getters of [CheckedObject] return empty for it.
  private static final JsonNull FAULTY = new JsonNull();

  private final Schema schema;
  private final JsonPath root;
  private final List<Fault> faults = new ArrayList<>();
  private final List<Fault> mismatches = new ArrayList<>();
  private final boolean strict;

  private SchemaValidator(Schema schema, JsonPath root, boolean strict) {
    this.schema = schema;
    this.root = root;
    this.strict = strict;
  }

  private static SchemaValidator validator(Schema schema, JsonPath root) {
    return new SchemaValidator(schema, root, true);
  }

  private static SchemaValidator decoder(Schema schema) {
    return new SchemaValidator(schema, JsonPath.ROOT, false);
  }

  /// @param root where the document is: in the properties, or [JsonPath#ROOT] for those themselves
  public static ValidationResult validate(Schema schema, JsonObject document, JsonPath root) {
    SchemaValidator validator = validator(schema, root);
    JsonObject values = validator.checkObject(document, schema.properties(), root);
    return new ValidationResult(
        new CheckedObject(root, values), validator.faults, validator.mismatches);
  }

  /// Reads old properties without reporting faults. Lengths, patterns and duplicates are not
  /// checked. A value of another type, a string that is not in its enum, an integer out of bounds
  /// and an empty list with `minItems` count as faulty; unknown members are dropped.
  public static CheckedObject decode(Schema schema, JsonObject document) {
    SchemaValidator decoder = decoder(schema);
    return new CheckedObject(
        JsonPath.ROOT, decoder.checkObject(document, schema.properties(), JsonPath.ROOT));
  }

  private boolean reachedLimit() {
    return strict && faults.size() + mismatches.size() >= Fault.MAX_FAULTS;
  }

  private Json checkMember(Json json, Shape shape, JsonPath path, Optionality optionality) {
    if (json instanceof JsonNull) {
      return reject(NoValue.isNull(shape, path, optionality));
    }
    if (strict
        && json instanceof JsonString(String text)
        && text.isEmpty()
        && !allowsEmpty(shape)) {
      return reject(NoValue.isEmpty(shape, path, optionality));
    }
    return strict && json instanceof JsonString(String text) && shape.isScalar()
        ? checkScalar(text, shape, path)
        : checkByShape(json, shape, path);
  }

  /// Checks a scalar. If it is faulty because of an unresolved reference or an invisible character,
  /// only that is reported, because it is the cause.
  private Json checkScalar(String text, Shape shape, JsonPath path) {
    SchemaValidator attempt = validator(schema, root);
    Json checked = attempt.checkByShape(Json.of(text), shape, path);
    if (attempt.passed()) {
      return checked;
    }
    Optional<Fault> mistyped =
        MistypedText.explain(text, path, other -> accepts(other, shape, path));
    if (mistyped.isPresent()) {
      return reject(mistyped.get());
    }
    faults.addAll(attempt.faults);
    mismatches.addAll(attempt.mismatches);
    return checked;
  }

  private boolean accepts(String text, Shape shape, JsonPath path) {
    SchemaValidator other = validator(schema, root);
    Json _ = other.checkByShape(Json.of(text), shape, path);
    return other.passed();
  }

  private boolean passed() {
    return faults.isEmpty() && mismatches.isEmpty();
  }

  private Json checkByShape(Json json, Shape shape, JsonPath path) {
    return switch (shape) {
      // Only a rule in ECR's own form has that member.
      case ObjectShape _
          when strict
              && json instanceof JsonObject(Map<String, Json> members)
              && members.containsKey("selection")
              && MisplacedLifecyclePolicy.isInRule(path) ->
          reject(MisplacedLifecyclePolicy.rule(path));
      case ObjectShape object when json instanceof JsonObject members ->
          checkObject(members, object, path);
      case ListShape list when json instanceof JsonArray array -> checkList(array, list, path);
      case DocumentShape _ when json instanceof JsonObject || json instanceof JsonString -> json;
      case BooleanShape _ -> checkBoolean(json, path);
      case IntegerShape integer -> checkInteger(json, integer, path);
      case TextShape text -> checkText(json, text, path);
      default -> reject(WrongType.fault(path, json, shape));
    };
  }

  private static boolean allowsEmpty(Shape shape) {
    return shape instanceof TextShape text && text.allowedValues().isEmpty() && text.min() == 0;
  }

  private JsonObject checkObject(JsonObject json, ObjectShape shape, JsonPath path) {
    Map<String, Json> values = new LinkedHashMap<>();
    Set<String> misspelt = new HashSet<>();
    for (Map.Entry<String, Json> member : json.members().entrySet()) {
      String name = member.getKey();
      Shape known = shape.members().get(name);
      if (reachedLimit()) {
        values.put(name, FAULTY);
      } else if (known != null) {
        boolean required = shape.required().contains(name);
        Optionality optionality = required ? Optionality.REQUIRED : Optionality.OPTIONAL;
        values.put(name, checkMember(member.getValue(), known, path.member(name), optionality));
      } else if (strict) {
        UnknownName.probableMember(shape, name).ifPresent(misspelt::add);
        values.put(name, reject(new UnknownName(schema, root, shape, path, name).fault()));
      }
    }
    for (String name : shape.required()) {
      if (strict && !json.members().containsKey(name)) {
        values.put(name, FAULTY);
        if (!misspelt.contains(name)) {
          Shape missing = shape.members().get(name);
          faults.add(
              Fault.at(path.member(name), "is missing", "Write " + ValidValue.of(missing) + "."));
        }
      }
    }
    return new JsonObject(values);
  }

  private Json checkList(JsonArray json, ListShape shape, JsonPath path) {
    List<Json> elements = json.elements();
    if (elements.isEmpty() && shape.min() > 0) {
      return reject(WrongLength.empty(shape, path));
    }
    boolean tooMany = strict && elements.size() > shape.max();
    if (tooMany) {
      reject(WrongLength.tooLong(elements.size(), shape, path));
    }
    List<Json> values = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < (tooMany ? shape.max() : elements.size()); i++) {
      values.add(
          reachedLimit() ? FAULTY : checkElement(elements.get(i), shape, path.element(i), seen));
    }
    return tooMany ? FAULTY : new JsonArray(values);
  }

  private Json checkElement(Json json, ListShape shape, JsonPath path, Set<String> seen) {
    Optional<String> text = Scalars.text(json);
    return strict && shape.unique() && text.isPresent() && !seen.add(text.get())
        ? reject(Fault.at(path, Fault.quote(json) + " is in the list already", "Remove it."))
        : checkMember(json, shape.elements(), path, Optionality.ELEMENT);
  }

  private Json checkBoolean(Json json, JsonPath path) {
    Optional<Boolean> bool = Scalars.bool(json);
    return bool.isPresent() ? Json.of(bool.get()) : reject(WrongNumber.notBoolean(json, path));
  }

  private Json checkInteger(Json json, IntegerShape shape, JsonPath path) {
    Optional<String> text = Scalars.text(json);
    if (text.isPresent() && text.equals(shape.word())) {
      return Json.of(text.get());
    }
    OptionalLong integer = Scalars.integer(json);
    boolean valid =
        integer.isPresent()
            && integer.getAsLong() >= shape.min()
            && integer.getAsLong() <= shape.max();
    return valid ? Json.of(integer.getAsLong()) : reject(WrongNumber.fault(json, shape, path));
  }

  private Json checkText(Json json, TextShape shape, JsonPath path) {
    Optional<String> text = Scalars.text(json);
    if (text.isEmpty()) {
      return reject(WrongText.notText(json, shape, path));
    }
    if (!strict) {
      return WrongText.isAllowedValue(text.get(), shape) ? Json.of(text.get()) : FAULTY;
    }
    Optional<Fault> wrong = WrongText.fault(text.get(), shape, path);
    wrong.ifPresent(faults::add);
    if (!WrongText.matches(text.get(), shape)) {
      Optional<Fault> explained = WrongText.explained(text.get(), shape, path);
      if (explained.isPresent()) {
        return reject(explained.get());
      }
      mismatches.add(WrongText.mismatch(text.get(), shape, path));
    }
    return wrong.isPresent() ? FAULTY : Json.of(text.get());
  }

  private Json reject(Fault fault) {
    faults.add(fault);
    return FAULTY;
  }
}
