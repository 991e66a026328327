package dev.slipway.twin.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What compiled classes call, and which texts they hold. */
final class ByteCode {

  /** A method's calls of its own class and of others, and its texts. */
  private record Body(Set<String> own, Set<String> calls, Set<String> texts) {}

  private final Set<String> calls = new HashSet<>();
  private final Map<String, Map<String, Body>> classes = new HashMap<>();
  private final Map<String, String> handlers = new HashMap<>();

  /** Reads all classes below a directory. */
  ByteCode(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.filter(file -> file.toString().endsWith(".class")).forEach(this::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether any class calls a method without parameters, or refers to it. */
  boolean calls(Class<?> owner, String method) {
    return calls.contains(internal(owner) + '.' + method);
  }

  /**
   * The texts in an operation's method and in what it calls of its class, if among these calls is
   * one of the method {@code only} of a class {@code Parameters}: all that it does not name there
   * is refused.
   */
  Optional<Set<String>> allowed(Class<?> requestType) {
    String handler = handlers.get(internal(requestType));
    if (handler == null) {
      return Optional.empty();
    }
    int hash = handler.indexOf('#');
    Set<String> seen = new HashSet<>();
    Set<String> texts = new HashSet<>();
    boolean guarded = follow(handler.substring(0, hash), handler.substring(hash + 1), seen, texts);
    return guarded ? Optional.of(texts) : Optional.empty();
  }

  private boolean follow(String owner, String method, Set<String> seen, Set<String> texts) {
    Body body = classes.get(owner).get(method);
    if (body == null || !seen.add(method)) {
      return false;
    }
    texts.addAll(body.texts());
    boolean guarded = body.calls().stream().anyMatch(call -> call.endsWith("/Parameters.only"));
    for (String next : body.own()) {
      guarded |= follow(owner, next, seen, texts);
    }
    return guarded;
  }

  private void read(Path file) {
    try {
      ClassModel model = ClassFile.of().parse(file);
      for (PoolEntry entry : model.constantPool()) {
        if (entry instanceof MemberRefEntry member && !(entry instanceof FieldRefEntry)) {
          calls.add(member.owner().asInternalName() + '.' + member.name().stringValue());
        }
      }
      model.methods().forEach(method -> read(model.thisClass().asInternalName(), method));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(String owner, MethodModel method) {
    Body body = new Body(new HashSet<>(), new HashSet<>(), new HashSet<>());
    String key = method.methodName().stringValue() + method.methodType().stringValue();
    method.code().ifPresent(code -> code.forEach(element -> read(owner, element, body)));
    classes.computeIfAbsent(owner, name -> new HashMap<>()).put(key, body);
    String type = method.methodType().stringValue();
    if (type.startsWith("(Lsoftware/amazon/awssdk/services/")
        && type.endsWith("Response;")
        && type.indexOf(';') == type.indexOf(')') - 1
        && (method.flags().flagsMask() & ClassFile.ACC_PUBLIC) != 0) {
      handlers.put(type.substring(2, type.indexOf(';')), owner + '#' + key);
    }
  }

  private static void read(String owner, CodeElement element, Body body) {
    switch (element) {
      case InvokeInstruction call -> {
        String called = call.owner().asInternalName();
        String name = call.name().stringValue();
        body.calls().add(called + '.' + name);
        if (called.equals(owner)) {
          body.own().add(name + call.type().stringValue());
        }
      }
      case InvokeDynamicInstruction call ->
          call.bootstrapArgs().stream()
              .filter(DirectMethodHandleDesc.class::isInstance)
              .map(DirectMethodHandleDesc.class::cast)
              .forEach(handle -> body.own().add(handle.methodName() + handle.lookupDescriptor()));
      case ConstantInstruction constant when constant.constantValue() instanceof String text ->
          body.texts().add(text);
      default -> {}
    }
  }

  private static String internal(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
