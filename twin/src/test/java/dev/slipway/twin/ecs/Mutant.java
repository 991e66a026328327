package dev.slipway.twin.ecs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The twin with one bug planted in its byte code, in a class loader of its own: the code that is
 * tested needs no seam for it.
 */
final class Mutant extends ClassLoader {

  private static final String OURS = "dev.slipway.twin.";

  private final String target;
  private final ClassTransform bug;

  private Mutant(String target, ClassTransform bug) {
    super(Mutant.class.getClassLoader());
    this.target = OURS + target;
    this.bug = bug;
  }

  /** The numbers that a method returns are off. */
  static Mutant offBy(int difference, String type, String method) {
    return new Mutant(
        type,
        inMethod(
            method,
            (code, element) -> {
              if (element instanceof ReturnInstruction) {
                code.loadConstant(difference).iadd();
              }
              code.with(element);
            }));
  }

  /** A method without a result does nothing. */
  static Mutant doingNothing(String type, String method) {
    AtomicInteger written = new AtomicInteger();
    return new Mutant(
        type,
        inMethod(
            method,
            (code, element) -> {
              if (written.getAndIncrement() == 0) {
                code.return_();
              }
            }));
  }

  /** A method says no. */
  static Mutant denying(String type, String method) {
    AtomicInteger written = new AtomicInteger();
    return new Mutant(
        type,
        inMethod(
            method,
            (code, element) -> {
              if (written.getAndIncrement() == 0) {
                code.iconst_0().ireturn();
              }
            }));
  }

  /** What a method puts first into a list comes second when it is about draining. */
  static Mutant puttingDrainingSecond(String type, String method) {
    return new Mutant(
        type,
        inMethod(
            method,
            (code, element) -> {
              if (element instanceof InvokeInstruction call
                  && call.opcode() == Opcode.INVOKEINTERFACE
                  && call.name().equalsString("addFirst")) {
                code.invokestatic(
                    ClassDesc.of(Mutant.class.getName()),
                    "addSecond",
                    MethodTypeDesc.ofDescriptor("(Ljava/util/List;Ljava/lang/Object;)V"));
              } else {
                code.with(element);
              }
            }));
  }

  /** Called by mutated code. */
  static void addSecond(List<Object> list, Object element) {
    boolean draining = element.toString().contains("has begun draining");
    list.add(draining ? Math.min(1, list.size()) : 0, element);
  }

  private static ClassTransform inMethod(String name, CodeTransform change) {
    return ClassTransform.transformingMethodBodies(
        method -> method.methodName().equalsString(name), change);
  }

  /** Runs a seed of the simulation on the twin with the bug. */
  @SuppressWarnings("unchecked")
  Optional<String> run(long seed) throws ReflectiveOperationException {
    return (Optional<String>)
        loadClass(Simulation.class.getName()).getMethod("run", long.class).invoke(null, seed);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] code = name.equals(target) ? mutated(original(name)) : original(name);
      return defineClass(name, code, 0, code.length);
    }
  }

  private byte[] mutated(byte[] code) {
    ClassFile files = ClassFile.of();
    ClassModel model = files.parse(code);
    byte[] changed = files.transformClass(model, bug);
    if (java.util.Arrays.equals(changed, files.transformClass(model, ClassTransform.ACCEPT_ALL))) {
      throw new IllegalStateException("nothing to change in " + target);
    }
    return changed;
  }

  private byte[] original(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
