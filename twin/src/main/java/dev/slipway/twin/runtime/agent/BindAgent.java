package dev.slipway.twin.runtime.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Puts a task's program on the task's own address without its knowing. Every listening socket of
 * the JDK passes {@code sun.nio.ch.Net.bind}; there the wildcard address becomes the task's address
 * and loopback becomes a second one that nothing outside the task uses. Ports stay as they are, and
 * binds to port 0 (clients) are left alone.
 *
 * <p>It also ends the program when the twin that started it is gone, so that nothing is left
 * running. Argument: {@code <task address>,<loopback address>,<pid of the twin>}. The class stands
 * alone: it is packed into a jar of its own and loaded into the task's JVM.
 */
public final class BindAgent {

  private static final String NET = "sun/nio/ch/Net";
  private static final ClassDesc INET_ADDRESS = ClassDesc.of("java.net.InetAddress");
  private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");
  private static final MethodTypeDesc BIND =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ClassDesc.of("java.net.ProtocolFamily"),
          ClassDesc.of("java.io.FileDescriptor"),
          INET_ADDRESS,
          ConstantDescs.CD_int);

  private BindAgent() {}

  /** Called by the JVM before the program's {@code main}. */
  public static void premain(String argument, Instrumentation instrumentation) throws Exception {
    String[] parts = argument.split(",", -1);
    System.setProperty("slipway.address.any", parts[0]);
    System.setProperty("slipway.address.loopback", parts[1]);
    endWith(Long.parseLong(parts[2]));
    Class<?> net = Class.forName("sun.nio.ch.Net");
    instrumentation.addTransformer(new BindTransformer(), true);
    instrumentation.retransformClasses(net);
  }

  private static void endWith(long twinPid) {
    Runnable halt = () -> Runtime.getRuntime().halt(137);
    var _ =
        ProcessHandle.of(twinPid)
            .map(ProcessHandle::onExit)
            .orElseGet(() -> CompletableFuture.completedFuture(null))
            .thenRun(halt);
  }

  /** Adds the rewriting to the start of {@code Net.bind}. */
  static final class BindTransformer implements ClassFileTransformer {
    @Override
    public byte[] transform(
        Module module,
        ClassLoader loader,
        String className,
        Class<?> redefined,
        ProtectionDomain domain,
        byte[] bytes) {
      if (!NET.equals(className)) {
        return null;
      }
      ClassFile classFile = ClassFile.of();
      return classFile.transformClass(
          classFile.parse(bytes),
          ClassTransform.transformingMethodBodies(BindTransformer::isBind, new Rewrite()));
    }

    private static boolean isBind(MethodModel method) {
      return method.methodName().equalsString("bind") && method.methodTypeSymbol().equals(BIND);
    }
  }

  /**
   * {@code if (port != 0) { if (address.isAnyLocalAddress()) address = <task's>; else if
   * (address.isLoopbackAddress()) address = <second>; }}
   */
  private static final class Rewrite implements CodeTransform {
    private static final int ADDRESS = 2;
    private static final int PORT = 3;

    @Override
    public void atStart(CodeBuilder code) {
      Label done = code.newLabel();
      Label notAny = code.newLabel();
      code.iload(PORT).ifeq(done).aload(ADDRESS).ifnull(done);
      code.aload(ADDRESS).invokevirtual(INET_ADDRESS, "isAnyLocalAddress", returnsBoolean());
      code.ifeq(notAny);
      load(code, "slipway.address.any");
      code.goto_(done).labelBinding(notAny);
      code.aload(ADDRESS).invokevirtual(INET_ADDRESS, "isLoopbackAddress", returnsBoolean());
      code.ifeq(done);
      load(code, "slipway.address.loopback");
      code.labelBinding(done);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }

    private static MethodTypeDesc returnsBoolean() {
      return MethodTypeDesc.of(ConstantDescs.CD_boolean);
    }

    private static void load(CodeBuilder code, String property) {
      code.ldc(property)
          .invokestatic(
              SYSTEM,
              "getProperty",
              MethodTypeDesc.of(ConstantDescs.CD_String, ConstantDescs.CD_String))
          .invokestatic(
              INET_ADDRESS, "getByName", MethodTypeDesc.of(INET_ADDRESS, ConstantDescs.CD_String))
          .astore(ADDRESS);
    }
  }

  /** The classes that the agent's jar must hold. */
  public static Iterable<Class<?>> classes() {
    return Arrays.asList(BindAgent.class, BindTransformer.class, Rewrite.class);
  }
}
