package dev.slipway.twin.terraform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.twin.terraform.data.DataSources;
import dev.slipway.twin.terraform.engine.Catalog;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.engine.ProviderService;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.Session;
import dev.slipway.twin.terraform.resources.Resources;
import dev.slipway.twin.terraform.schema.AwsSchema;
import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.TwinClock;
import dev.slipway.twin.world.World;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The hashicorp/aws provider as Terraform sees it, served from inside the twin: no provider binary,
 * no registry. Terraform attaches to it through {@code TF_REATTACH_PROVIDERS}; modules stay as they
 * are. It listens on loopback only.
 */
public final class TerraformProviderServer implements AutoCloseable {

  private static final Attributes.Key<Session> SESSION = Attributes.Key.create("session");

  /** Unpacking gRPC's native transport costs a start more than it would ever save. */
  private static final String WITHOUT_NATIVE_TRANSPORT =
      "io.grpc.netty.shaded.io.netty.transport.noNative";

  private static final int LARGEST_MESSAGE = 256 << 20;
  private static final List<String> ADDRESSES =
      List.of("registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws");

  private final BiFunction<String, String, World> worlds;
  private final TwinClock clock;
  private final Session.Defaults defaults;
  private final Supplier<Catalog> catalog;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private EventLoopGroup events;
  private Server server;

  /**
   * A provider with every handler that the twin has.
   *
   * @param worlds the world of an account and region, made when it is not there yet
   * @param region used when the provider block names none
   * @param account used when the provider's access key is no account id
   */
  public TerraformProviderServer(
      BiFunction<String, String, World> worlds, TwinClock clock, String region, String account) {
    this(worlds, clock, region, account, Resources::all, DataSources::all);
  }

  /** The same for a twin whose IAM and STS hand out access keys. */
  public TerraformProviderServer(
      BiFunction<String, String, World> worlds,
      TwinClock clock,
      String region,
      String account,
      Credentials credentials) {
    this(
        worlds,
        clock,
        new Session.Defaults(region, account, credentials),
        Resources::all,
        DataSources::all);
  }

  TerraformProviderServer(
      BiFunction<String, String, World> worlds,
      TwinClock clock,
      String region,
      String account,
      Supplier<List<ResourceHandler>> resources,
      Supplier<List<DataHandler>> dataSources) {
    this(worlds, clock, new Session.Defaults(region, account), resources, dataSources);
  }

  private TerraformProviderServer(
      BiFunction<String, String, World> worlds,
      TwinClock clock,
      Session.Defaults defaults,
      Supplier<List<ResourceHandler>> resources,
      Supplier<List<DataHandler>> dataSources) {
    this.worlds = worlds;
    this.clock = clock;
    this.defaults = defaults;
    this.catalog = () -> new Catalog(AwsSchema.load(), resources.get(), dataSources.get());
  }

  /**
   * Starts to listen on a free port of the loopback interface.
   *
   * @return the port
   */
  public synchronized int start() throws IOException {
    System.setProperty(WITHOUT_NATIVE_TRANSPORT, "true");
    events =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("twin-terraform", true), NioIoHandler.newFactory());
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new ProviderService(catalog))
            .intercept(new AnswerAlways())
            .intercept(new SessionOfCall())
            .addTransportFilter(new SessionOfConnection())
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .executor(threads)
            .channelType(NioServerSocketChannel.class)
            .bossEventLoopGroup(events)
            .workerEventLoopGroup(events)
            .build()
            .start();
    return server.getPort();
  }

  /**
   * The value of {@code TF_REATTACH_PROVIDERS} for Terraform and OpenTofu. Set it for the child
   * process only: Terraform kills the process of the given id when it cannot connect.
   *
   * @param guardPid a live process that may be killed, never the twin's own
   */
  public synchronized String reattachConfig(long guardPid) {
    return reattachConfig(guardPid, server.getPort());
  }

  /**
   * The same for a port that leads to this server, which need not have been started yet.
   *
   * @param port a port of 127.0.0.1
   */
  public static String reattachConfig(long guardPid, int port) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (String address : ADDRESSES) {
      ObjectNode one = all.putObject(address);
      one.put("Protocol", "grpc").put("ProtocolVersion", 6).put("Pid", guardPid).put("Test", true);
      one.putObject("Addr").put("Network", "tcp").put("String", "127.0.0.1:" + port);
    }
    return all.toString();
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      server.shutdownNow();
      events.close();
    }
    threads.shutdownNow();
  }

  /** Gives each connection a session of its own. */
  private final class SessionOfConnection extends ServerTransportFilter {
    @Override
    public Attributes transportReady(Attributes attributes) {
      return attributes.toBuilder().set(SESSION, new Session(worlds, clock, defaults)).build();
    }

    @Override
    public void transportTerminated(Attributes attributes) {
      Session session = attributes == null ? null : attributes.get(SESSION);
      if (session != null) {
        session.stop();
      }
    }
  }

  /** Hands the connection's session to the call. */
  private static final class SessionOfCall implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      Session session = call.getAttributes().get(SESSION);
      Context context = Context.current().withValue(ProviderService.SESSION, session);
      return Contexts.interceptCall(context, call, headers, next);
    }
  }
}
