package dev.slipway.twin.terraform.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.slipway.twin.terraform.proto.ApplyResourceChange;
import dev.slipway.twin.terraform.proto.AttributePath;
import dev.slipway.twin.terraform.proto.CallFunction;
import dev.slipway.twin.terraform.proto.ConfigureProvider;
import dev.slipway.twin.terraform.proto.Diagnostic;
import dev.slipway.twin.terraform.proto.DynamicValue;
import dev.slipway.twin.terraform.proto.FunctionError;
import dev.slipway.twin.terraform.proto.GetFunctions;
import dev.slipway.twin.terraform.proto.GetMetadata;
import dev.slipway.twin.terraform.proto.GetProviderSchema;
import dev.slipway.twin.terraform.proto.ImportResourceState;
import dev.slipway.twin.terraform.proto.MoveResourceState;
import dev.slipway.twin.terraform.proto.PlanResourceChange;
import dev.slipway.twin.terraform.proto.ProviderGrpc;
import dev.slipway.twin.terraform.proto.ReadDataSource;
import dev.slipway.twin.terraform.proto.ReadResource;
import dev.slipway.twin.terraform.proto.StopProvider;
import dev.slipway.twin.terraform.proto.UpgradeResourceState;
import dev.slipway.twin.terraform.proto.ValidateDataResourceConfig;
import dev.slipway.twin.terraform.proto.ValidateProviderConfig;
import dev.slipway.twin.terraform.proto.ValidateResourceConfig;
import dev.slipway.twin.terraform.schema.TypeSchema;
import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.terraform.value.JsonState;
import dev.slipway.twin.terraform.value.MsgPack;
import dev.slipway.twin.terraform.value.Type;
import dev.slipway.twin.terraform.value.Value;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The provider's side of Terraform's plugin protocol. Each call runs on a thread of its own and may
 * wait; what goes wrong becomes a diagnostic, never a failure of the connection.
 */
public final class ProviderService extends ProviderGrpc.ProviderImplBase {

  /** The session of the connection that a call came in on. */
  public static final Context.Key<Session> SESSION = Context.key("terraform-session");

  private static final Logger LOG = Logger.getLogger(ProviderService.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<Catalog> catalog;
  private final Supplier<GetProviderSchema.Response> schemas;

  /** A service that offers a catalogue, which is made when it is first needed. */
  public ProviderService(Supplier<Catalog> catalog) {
    this.catalog = Lazy.of(catalog);
    this.schemas = Lazy.of(() -> ProtoSchemas.response(this.catalog.get()));
  }

  @Override
  public void getMetadata(
      GetMetadata.Request request, StreamObserver<GetMetadata.Response> observer) {
    answer(observer, ProtoSchemas.metadata(catalog.get()));
  }

  @Override
  public void getProviderSchema(
      GetProviderSchema.Request request, StreamObserver<GetProviderSchema.Response> observer) {
    answer(observer, schemas.get());
  }

  @Override
  public void validateProviderConfig(
      ValidateProviderConfig.Request request,
      StreamObserver<ValidateProviderConfig.Response> observer) {
    answer(observer, ValidateProviderConfig.Response.getDefaultInstance());
  }

  @Override
  public void configureProvider(
      ConfigureProvider.Request request, StreamObserver<ConfigureProvider.Response> observer) {
    ConfigureProvider.Response.Builder response = ConfigureProvider.Response.newBuilder();
    guarded(
        () -> {
          Type type = catalog.get().schema().provider().type();
          SESSION.get().configure(new Attributes(decode(request.getConfig(), type)));
        },
        response::addDiagnostics);
    answer(observer, response.build());
  }

  @Override
  public void validateResourceConfig(
      ValidateResourceConfig.Request request,
      StreamObserver<ValidateResourceConfig.Response> observer) {
    ValidateResourceConfig.Response.Builder response = ValidateResourceConfig.Response.newBuilder();
    guarded(
        () ->
            violations(catalog.get().resource(request.getTypeName()).schema(), request.getConfig())
                .forEach(text -> response.addDiagnostics(error(text))),
        response::addDiagnostics);
    answer(observer, response.build());
  }

  @Override
  public void validateDataResourceConfig(
      ValidateDataResourceConfig.Request request,
      StreamObserver<ValidateDataResourceConfig.Response> observer) {
    ValidateDataResourceConfig.Response.Builder response =
        ValidateDataResourceConfig.Response.newBuilder();
    guarded(
        () ->
            violations(
                    catalog.get().dataSource(request.getTypeName()).schema(), request.getConfig())
                .forEach(text -> response.addDiagnostics(error(text))),
        response::addDiagnostics);
    answer(observer, response.build());
  }

  @Override
  public void upgradeResourceState(
      UpgradeResourceState.Request request,
      StreamObserver<UpgradeResourceState.Response> observer) {
    UpgradeResourceState.Response.Builder response = UpgradeResourceState.Response.newBuilder();
    guarded(
        () -> {
          TypeSchema schema = catalog.get().resource(request.getTypeName()).schema();
          Value state = fromJson(request.getRawState().getJson(), schema.type());
          response.setUpgradedState(encode(state, schema.type()));
        },
        response::addDiagnostics);
    answer(observer, response.build());
  }

  @Override
  public void readResource(
      ReadResource.Request request, StreamObserver<ReadResource.Response> observer) {
    ReadResource.Response.Builder response =
        ReadResource.Response.newBuilder().setPrivate(request.getPrivate());
    guarded(
        () -> {
          ResourceEngine engine = catalog.get().resource(request.getTypeName());
          Type type = engine.schema().type();
          Value state = decode(request.getCurrentState(), type);
          response.setNewState(encode(engine.read(SESSION.get().context(), state), type));
        },
        diagnostic -> {
          response.setNewState(request.getCurrentState());
          response.addDiagnostics(diagnostic);
        });
    answer(observer, response.build());
  }

  @Override
  public void planResourceChange(
      PlanResourceChange.Request request, StreamObserver<PlanResourceChange.Response> observer) {
    PlanResourceChange.Response.Builder response =
        PlanResourceChange.Response.newBuilder().setPlannedPrivate(request.getPriorPrivate());
    guarded(
        () -> {
          ResourceEngine engine = catalog.get().resource(request.getTypeName());
          Type type = engine.schema().type();
          response.setLegacyTypeSystem(!engine.schema().framework());
          if (!(decode(request.getConfig(), type) instanceof Value.Obj config)) {
            response.setPlannedState(request.getProposedNewState());
            return;
          }
          Value prior = decode(request.getPriorState(), type);
          ResourceEngine.Plan plan = engine.plan(prior, config, SESSION.get().defaultTags());
          response.setPlannedState(encode(plan.planned(), type));
          plan.replacing().forEach(name -> response.addRequiresReplace(path(name)));
        },
        response::addDiagnostics);
    answer(observer, response.build());
  }

  @Override
  public void applyResourceChange(
      ApplyResourceChange.Request request, StreamObserver<ApplyResourceChange.Response> observer) {
    ApplyResourceChange.Response.Builder response =
        ApplyResourceChange.Response.newBuilder().setPrivate(request.getPlannedPrivate());
    guarded(
        () -> {
          ResourceEngine engine = catalog.get().resource(request.getTypeName());
          Type type = engine.schema().type();
          response.setLegacyTypeSystem(!engine.schema().framework());
          ResourceEngine.Applied applied =
              engine.apply(
                  SESSION.get().context(),
                  decode(request.getPriorState(), type),
                  decode(request.getPlannedState(), type));
          response.setNewState(encode(applied.state(), type));
          applied.error().ifPresent(text -> response.addDiagnostics(error(text)));
        },
        diagnostic -> {
          response.setNewState(request.getPriorState());
          response.addDiagnostics(diagnostic);
        });
    answer(observer, response.build());
  }

  @Override
  public void importResourceState(
      ImportResourceState.Request request, StreamObserver<ImportResourceState.Response> observer) {
    ImportResourceState.Response.Builder response = ImportResourceState.Response.newBuilder();
    guarded(
        () -> {
          ResourceEngine engine = catalog.get().resource(request.getTypeName());
          Value state = engine.importState(SESSION.get().context(), request.getId());
          response.addImportedResources(
              ImportResourceState.ImportedResource.newBuilder()
                  .setTypeName(request.getTypeName())
                  .setState(encode(state, engine.schema().type())));
        },
        response::addDiagnostics);
    answer(observer, response.build());
  }

  @Override
  public void moveResourceState(
      MoveResourceState.Request request, StreamObserver<MoveResourceState.Response> observer) {
    String text =
        "Move Resource State Not Supported: %s cannot be moved to %s"
            .formatted(request.getSourceTypeName(), request.getTargetTypeName());
    answer(observer, MoveResourceState.Response.newBuilder().addDiagnostics(error(text)).build());
  }

  @Override
  public void readDataSource(
      ReadDataSource.Request request, StreamObserver<ReadDataSource.Response> observer) {
    ReadDataSource.Response.Builder response = ReadDataSource.Response.newBuilder();
    guarded(
        () -> {
          Catalog.DataSource source = catalog.get().dataSource(request.getTypeName());
          Attributes attributes =
              new Attributes(decode(request.getConfig(), source.schema().type()));
          try {
            source.handler().read(SESSION.get().context(), attributes);
          } catch (CallFailed e) {
            throw new IllegalStateException(
                "reading " + source.handler().label() + ": " + e.getMessage(), e);
          }
          response.setState(
              encode(attributes.toState(source.schema().type()), source.schema().type()));
        },
        response::addDiagnostics);
    answer(observer, response.build());
  }

  @Override
  public void getFunctions(
      GetFunctions.Request request, StreamObserver<GetFunctions.Response> observer) {
    answer(observer, GetFunctions.Response.getDefaultInstance());
  }

  @Override
  public void callFunction(
      CallFunction.Request request, StreamObserver<CallFunction.Response> observer) {
    FunctionError error =
        FunctionError.newBuilder()
            .setText("the twin does not have the provider function " + request.getName())
            .build();
    answer(observer, CallFunction.Response.newBuilder().setError(error).build());
  }

  @Override
  public void stopProvider(
      StopProvider.Request request, StreamObserver<StopProvider.Response> observer) {
    SESSION.get().stop();
    answer(observer, StopProvider.Response.getDefaultInstance());
  }

  private static List<String> violations(TypeSchema schema, DynamicValue config) {
    return decode(config, schema.type()) instanceof Value.Obj object
        ? ConfigRules.violations(schema, object)
        : List.of();
  }

  private static Value fromJson(ByteString json, Type type) {
    try {
      return JsonState.read(JSON.readTree(json.toStringUtf8()), type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the state is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Value decode(DynamicValue value, Type type) {
    return value.getMsgpack().isEmpty() && !value.getJson().isEmpty()
        ? fromJson(value.getJson(), type)
        : MsgPack.decode(value.getMsgpack().toByteArray(), type);
  }

  private static DynamicValue encode(Value value, Type type) {
    return DynamicValue.newBuilder()
        .setMsgpack(ByteString.copyFrom(MsgPack.encode(value, type)))
        .build();
  }

  private static AttributePath path(String name) {
    return AttributePath.newBuilder()
        .addSteps(AttributePath.Step.newBuilder().setAttributeName(name))
        .build();
  }

  private static Diagnostic error(String text) {
    return Diagnostic.newBuilder().setSeverity(Diagnostic.Severity.ERROR).setSummary(text).build();
  }

  private static void guarded(Runnable work, Consumer<Diagnostic> onError) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.FINE, "a call of Terraform failed", e);
      onError.accept(error(Optional.ofNullable(ResourceEngine.message(e)).orElse(e.toString())));
    }
  }

  private static <T> void answer(StreamObserver<T> observer, T response) {
    observer.onNext(response);
    observer.onCompleted();
  }
}
