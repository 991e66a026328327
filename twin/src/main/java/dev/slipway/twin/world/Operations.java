package dev.slipway.twin.world;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * The API operations that a world answers, by request class. An operation is a public method that
 * takes one SDK request and returns an SDK response; the classes that hold such methods are
 * registered once. The wire, the Terraform provider and services that act on one another all call
 * operations here, so that there is one way to do a thing.
 */
public final class Operations {

  private static final ClassValue<Map<Class<?>, MethodHandle>> METHODS =
      new ClassValue<>() {
        @Override
        protected Map<Class<?>, MethodHandle> computeValue(Class<?> type) {
          return operationsOf(type);
        }
      };

  /** A handler object bound to its method. */
  private record Operation(Class<?> requestType, MethodHandle method) {}

  private final World world;
  private final Map<Class<?>, Operation> byRequest = new ConcurrentHashMap<>();
  private final Map<String, Operation> byAction = new ConcurrentHashMap<>();
  private final Map<String, Operations> delegates = new HashMap<>();
  private Gate gate = Gate.OPEN;
  private final Map<String, Runnable> sleeping = new ConcurrentHashMap<>();

  Operations(World world) {
    this.world = world;
  }

  /**
   * Adds the operations of a handler.
   *
   * @throws IllegalStateException when another handler has one of them already
   */
  public void register(Object handler) {
    METHODS
        .get(handler.getClass())
        .forEach((requestType, method) -> {
          Operation operation = new Operation(requestType, method.bindTo(handler));
          if (byRequest.put(requestType, operation) != null) {
            throw new IllegalStateException("two handlers for " + requestType.getName());
          }
          byAction.put(key(servicePackage(requestType), actionOf(requestType)), operation);
        });
  }

  /**
   * Has a service registered when it is first called: its model classes cost time and memory that
   * most runs of the twin can do without.
   *
   * @param servicePackage the last part of the SDK's package name, for instance {@code kms}
   * @param registration registers all of the service's operations; run under the world's lock
   */
  public void registerLater(String servicePackage, Runnable registration) {
    sleeping.merge(
        servicePackage,
        registration,
        (first, second) ->
            () -> {
              first.run();
              second.run();
            });
  }

  /** The same for handlers that are made already. */
  public void registerLater(String servicePackage, List<?> handlers) {
    registerLater(servicePackage, () -> handlers.forEach(this::register));
  }

  private void wake(String servicePackage) {
    if (sleeping.containsKey(servicePackage)) {
      world.run(() -> {
        Runnable registration = sleeping.get(servicePackage);
        if (registration != null) {
          registration.run();
          sleeping.remove(servicePackage);
        }
      });
    }
  }

  /**
   * Has a service's operations performed by another world: that of the account's home region, for a
   * service that an account has only once, such as IAM.
   *
   * @param servicePackage the last part of the SDK's package name, for instance {@code iam}
   */
  public void delegate(String servicePackage, Operations other) {
    delegates.put(servicePackage, other);
  }

  /**
   * The request class of an action, matched without case because the SDK respells acronyms.
   *
   * @param servicePackage the last part of the SDK's package name, for instance {@code
   *     elasticloadbalancingv2}
   */
  public Optional<Class<?>> requestType(String servicePackage, String action) {
    Operations other = delegates.get(servicePackage);
    if (other != null) {
      return other.requestType(servicePackage, action);
    }
    wake(servicePackage);
    return Optional.ofNullable(byAction.get(key(servicePackage, action)))
        .map(Operation::requestType);
  }

  /** The request classes of all operations, those that another world performs included. */
  public Set<Class<?>> requestTypes() {
    List.copyOf(sleeping.keySet()).forEach(this::wake);
    Set<Class<?>> all = new HashSet<>(byRequest.keySet());
    delegates.forEach((service, other) ->
        other.requestTypes().stream()
            .filter(type -> servicePackage(type).equals(service))
            .forEach(all::add));
    return Set.copyOf(all);
  }

  /** The names of the actions by service package, as the SDK spells them, sorted. */
  public SortedMap<String, SortedSet<String>> actions() {
    List.copyOf(sleeping.keySet()).forEach(this::wake);
    SortedMap<String, SortedSet<String>> actions = new TreeMap<>();
    for (Class<?> requestType : byRequest.keySet()) {
      actions
          .computeIfAbsent(servicePackage(requestType), service -> new TreeSet<>())
          .add(actionOf(requestType));
    }
    return actions;
  }

  /** Has calls from outside judged by a gate; what services do among themselves is not. */
  public void guardedBy(Gate keeper) {
    gate = keeper;
  }

  /**
   * Returns when a caller from outside may do what a request would do, without doing it.
   *
   * @throws AwsError as the service refuses the caller
   */
  public void admit(Caller caller, SdkRequest request) {
    world.run(() -> gate.admit(caller, actionOf(request.getClass()), request));
  }

  /**
   * Performs an operation for a caller from outside.
   *
   * @throws AwsError as the service refuses it, or refuses the caller
   * @throws UnsupportedOperationException when the twin does not have the operation
   */
  public SdkResponse perform(Caller caller, SdkRequest request) {
    if (gate == Gate.OPEN) {
      return ScopedValue.where(Caller.CURRENT, caller).call(() -> invoke(request));
    }
    return world.call(() -> {
      gate.admit(caller, actionOf(request.getClass()), request);
      return ScopedValue.where(Caller.CURRENT, caller).call(() -> invoke(request));
    });
  }

  /**
   * Performs an operation under the world's lock.
   *
   * @throws AwsError as the service refuses it
   * @throws UnsupportedOperationException when the twin does not have the operation
   */
  public SdkResponse invoke(SdkRequest request) {
    Operation operation = byRequest.get(request.getClass());
    if (operation == null) {
      wake(servicePackage(request.getClass()));
      operation = byRequest.get(request.getClass());
    }
    if (operation == null) {
      Operations other = delegates.get(servicePackage(request.getClass()));
      if (other != null) {
        return other.invoke(request);
      }
      throw new UnsupportedOperationException(
          servicePackage(request.getClass()) + " " + actionOf(request.getClass()));
    }
    MethodHandle method = operation.method();
    return world.call(() -> {
      try {
        return (SdkResponse) method.invoke(request);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /** Performs an operation and casts its response. */
  public <R extends SdkResponse> R call(SdkRequest request, Class<R> responseType) {
    return responseType.cast(invoke(request));
  }

  /** The last part of the SDK package of a request class, for instance {@code ecs}. */
  public static String servicePackage(Class<?> requestType) {
    String[] parts = requestType.getName().split("\\.", -1);
    return parts.length > 4 ? parts[4] : "";
  }

  private static String actionOf(Class<?> requestType) {
    String name = requestType.getSimpleName();
    return name.endsWith("Request") ? name.substring(0, name.length() - 7) : name;
  }

  private static String key(String servicePackage, String action) {
    return servicePackage + '/' + action.toLowerCase(Locale.ROOT);
  }

  private static Map<Class<?>, MethodHandle> operationsOf(Class<?> type) {
    Map<Class<?>, MethodHandle> found = new HashMap<>();
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())
          && !Modifier.isStatic(method.getModifiers())
          && method.getParameterCount() == 1
          && SdkRequest.class.isAssignableFrom(method.getParameterTypes()[0])
          && SdkResponse.class.isAssignableFrom(method.getReturnType())) {
        try {
          method.setAccessible(true);
          found.put(method.getParameterTypes()[0], MethodHandles.lookup().unreflect(method));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return Map.copyOf(found);
  }
}
