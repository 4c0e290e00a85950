import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Writes the classes behind lambdas and method references into a jar, which Java otherwise makes
/// while the function starts: `java PlainLambdas.java IN.jar OUT.jar`.
///
/// A candidate only, to know what they cost. Those that need boxing stay as they are.
/// https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/lang/invoke/LambdaMetafactory.html
final class PlainLambdas {

  /// The first class file version with nests, through which the new classes may call private methods.
  private static final int WITH_NESTS = 55;

  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Map<String, List<ClassDesc>> nests = new HashMap<>();
  private final ClassFile classFile =
      ClassFile.of(
          ClassFile.ConstantPoolSharingOption.NEW_POOL,
          ClassFile.ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofResourceParsing(this::read)
                  .orElse(_ -> ClassHierarchyInfo.ofClass(CD_Object))
                  .cached()));

  public static void main(String[] jars) throws IOException {
    new PlainLambdas().convert(Path.of(jars[0]), Path.of(jars[1]));
  }

  private void convert(Path in, Path out) throws IOException {
    try (ZipFile zip = new ZipFile(in.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    for (String name : List.copyOf(entries.keySet())) {
      if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
        convert(name);
      }
    }
    nests.forEach(this::extend);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(out))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
  }

  private InputStream read(ClassDesc type) {
    String name = file(type);
    return entries.containsKey(name)
        ? new ByteArrayInputStream(entries.get(name))
        : ClassLoader.getSystemResourceAsStream(name);
  }

  private static String file(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.substring(1, descriptor.length() - 1) + ".class";
  }

  private void convert(String name) {
    ClassModel model = classFile.parse(entries.get(name));
    String host =
        model
            .findAttribute(Attributes.nestHost())
            .map(nest -> nest.nestHost().asInternalName())
            .orElse(model.thisClass().asInternalName());
    List<ClassDesc> made = new ArrayList<>();
    byte[] converted =
        classFile.transformClass(
            model,
            ClassTransform.transformingMethodBodies((code, element) -> {
                  if (element instanceof InvokeDynamicInstruction call
                      && isConvertible(call, model.thisClass().asSymbol())) {
                    ClassDesc lambda =
                        ClassDesc.ofInternalName(
                            model.thisClass().asInternalName() + "$$L" + made.size());
                    made.add(lambda);
                    entries.put(file(lambda), lambda(lambda, call, model, ClassDesc.ofInternalName(host)));
                    make(code, lambda, call.typeSymbol());
                  } else {
                    code.with(element);
                  }
                })
                .andThen(PlainLambdas::atLeastWithNests));
    if (!made.isEmpty()) {
      entries.put(name, converted);
      nests.computeIfAbsent(host + ".class", _ -> new ArrayList<>()).addAll(made);
    }
  }

  private static void make(CodeBuilder code, ClassDesc lambda, MethodTypeDesc captured) {
    if (captured.parameterCount() == 0) {
      code.getstatic(lambda, "ONLY", captured.returnType());
    } else {
      code.invokestatic(lambda, "of", captured);
    }
  }

  private static void atLeastWithNests(ClassBuilder type, ClassElement element) {
    type.with(
        element instanceof ClassFileVersion version && version.majorVersion() < WITH_NESTS
            ? ClassFileVersion.of(WITH_NESTS, 0)
            : element);
  }

  private void extend(String host, List<ClassDesc> made) {
    ClassModel model = classFile.parse(entries.get(host));
    List<ClassDesc> members = new ArrayList<>(made);
    model
        .findAttribute(Attributes.nestMembers())
        .ifPresent(nest -> nest.nestMembers().forEach(member -> members.add(member.asSymbol())));
    entries.put(
        host,
        classFile.transformClass(
            model,
            ClassTransform.dropping(element -> element instanceof NestMembersAttribute)
                .andThen(ClassTransform.endHandler(type -> type.with(NestMembersAttribute.ofSymbols(members))))
                .andThen(PlainLambdas::atLeastWithNests)));
  }

  private static boolean isConvertible(InvokeDynamicInstruction call, ClassDesc owner) {
    if (!file(call.bootstrapMethod().owner()).equals("java/lang/invoke/LambdaMetafactory.class")
        || !call.bootstrapMethod().methodName().equals("metafactory")) {
      return false;
    }
    MethodTypeDesc method = (MethodTypeDesc) call.bootstrapArgs().get(0);
    DirectMethodHandleDesc body = (DirectMethodHandleDesc) call.bootstrapArgs().get(1);
    MethodTypeDesc called = body.invocationType();
    List<ClassDesc> given = new ArrayList<>(call.typeSymbol().parameterList());
    given.addAll(method.parameterList());
    boolean fits = given.size() == called.parameterCount();
    for (int i = 0; fits && i < given.size(); i++) {
      fits = isAlike(given.get(i), called.parameterType(i));
    }
    boolean isSuper =
        switch (body.kind()) {
          case SPECIAL, INTERFACE_SPECIAL -> !body.owner().equals(owner);
          default -> false;
        };
    return fits
        && !isSuper
        && (method.returnType().equals(CD_void) || isAlike(called.returnType(), method.returnType()));
  }

  private static boolean isAlike(ClassDesc one, ClassDesc other) {
    return one.isPrimitive() || other.isPrimitive() ? one.equals(other) : true;
  }

  private byte[] lambda(ClassDesc self, InvokeDynamicInstruction call, ClassModel owner, ClassDesc host) {
    MethodTypeDesc captured = call.typeSymbol();
    MethodTypeDesc method = (MethodTypeDesc) call.bootstrapArgs().get(0);
    DirectMethodHandleDesc body = (DirectMethodHandleDesc) call.bootstrapArgs().get(1);
    MethodTypeDesc constructor = captured.changeReturnType(CD_void);
    return classFile.build(
        self,
        type -> {
          type.withVersion(Math.max(WITH_NESTS, owner.majorVersion()), 0)
              .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC)
              .withInterfaceSymbols(captured.returnType())
              .with(NestHostAttribute.of(host));
          for (int i = 0; i < captured.parameterCount(); i++) {
            type.withField("c" + i, captured.parameterType(i), ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
          }
          type.withMethodBody("<init>", constructor, ClassFile.ACC_PRIVATE, code -> {
            code.aload(0).invokespecial(CD_Object, "<init>", MTD_void);
            for (int i = 0; i < captured.parameterCount(); i++) {
              code.aload(0)
                  .loadLocal(TypeKind.from(captured.parameterType(i)), code.parameterSlot(i))
                  .putfield(self, "c" + i, captured.parameterType(i));
            }
            code.return_();
          });
          if (captured.parameterCount() == 0) {
            type.withField("ONLY", captured.returnType(), ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
            type.withMethodBody("<clinit>", MTD_void, ClassFile.ACC_STATIC, code ->
                code.new_(self)
                    .dup()
                    .invokespecial(self, "<init>", constructor)
                    .putstatic(self, "ONLY", captured.returnType())
                    .return_());
          } else {
            type.withMethodBody("of", captured, ClassFile.ACC_STATIC, code -> {
              code.new_(self).dup();
              for (int i = 0; i < captured.parameterCount(); i++) {
                code.loadLocal(TypeKind.from(captured.parameterType(i)), code.parameterSlot(i));
              }
              code.invokespecial(self, "<init>", constructor).areturn();
            });
          }
          type.withMethodBody(
              call.name().stringValue(), method, ClassFile.ACC_PUBLIC, code -> delegate(code, self, captured, method, body));
        });
  }

  /// Calls the lambda's body, or the method referred to, and casts as erased generics need it.
  private static void delegate(
      CodeBuilder code, ClassDesc self, MethodTypeDesc captured, MethodTypeDesc method, DirectMethodHandleDesc body) {
    ClassDesc owner = body.owner();
    MethodTypeDesc called = body.invocationType();
    MethodTypeDesc symbol = MethodTypeDesc.ofDescriptor(body.lookupDescriptor());
    if (body.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR) {
      code.new_(owner).dup();
    }
    int first = captured.parameterCount();
    for (int i = 0; i < first; i++) {
      code.aload(0).getfield(self, "c" + i, captured.parameterType(i));
    }
    for (int i = 0; i < method.parameterCount(); i++) {
      code.loadLocal(TypeKind.from(method.parameterType(i)), code.parameterSlot(i));
      cast(code, method.parameterType(i), called.parameterType(first + i));
    }
    switch (body.kind()) {
      case STATIC -> code.invokestatic(owner, body.methodName(), symbol);
      case INTERFACE_STATIC -> code.invokestatic(owner, body.methodName(), symbol, true);
      case CONSTRUCTOR -> code.invokespecial(owner, "<init>", symbol);
      case VIRTUAL, SPECIAL -> code.invokevirtual(owner, body.methodName(), symbol);
      default -> code.invokeinterface(owner, body.methodName(), symbol);
    }
    ClassDesc result = called.returnType();
    if (!method.returnType().equals(CD_void)) {
      cast(code, result, method.returnType());
    } else if (TypeKind.from(result).slotSize() == 2) {
      code.pop2();
    } else if (!result.equals(CD_void)) {
      code.pop();
    }
    code.return_(TypeKind.from(method.returnType()));
  }

  private static void cast(CodeBuilder code, ClassDesc from, ClassDesc to) {
    if (!to.isPrimitive() && !to.equals(from) && !to.equals(CD_Object)) {
      code.checkcast(to);
    }
  }
}
