package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.CallFailed;
import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** {@code aws_internet_gateway}. */
final class InternetGatewayResource implements ResourceHandler {

  private static final Duration TIMEOUT = Duration.ofMinutes(20);

  @Override
  public String type() {
    return "aws_internet_gateway";
  }

  @Override
  public String label() {
    return "EC2 Internet Gateway";
  }

  @Override
  public void create(Context context, Attributes planned) {
    CreateInternetGatewayRequest request =
        CreateInternetGatewayRequest.builder()
            .tagSpecifications(Ec2Calls.tagSpecifications(planned, ResourceType.INTERNET_GATEWAY))
            .build();
    planned.set(
        "id",
        context
            .call(request, CreateInternetGatewayResponse.class)
            .internetGateway()
            .internetGatewayId());
    if (planned.has("vpc_id")) {
      attach(context, planned);
    }
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeInternetGatewaysRequest request =
        DescribeInternetGatewaysRequest.builder().internetGatewayIds(state.id()).build();
    Optional<InternetGateway> found =
        context.findFirst(
            () -> context.call(request, DescribeInternetGatewaysResponse.class).internetGateways());
    if (found.isEmpty()) {
      return false;
    }
    InternetGateway gateway = found.get();
    state
        .set("arn", context.arn("ec2", "internet-gateway/" + state.id()))
        .set("owner_id", gateway.ownerId())
        .setText(
            "vpc_id",
            gateway.attachments().isEmpty() ? null : gateway.attachments().getFirst().vpcId());
    Ec2Calls.setTags(context, state, gateway.tags());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    if (planned.differs(prior, "vpc_id")) {
      detach(context, prior);
      if (planned.has("vpc_id")) {
        attach(context, planned);
      }
    }
    Ec2Calls.updateTags(context, prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    detach(context, state);
    DeleteInternetGatewayRequest request =
        DeleteInternetGatewayRequest.builder().internetGatewayId(state.id()).build();
    Ec2Calls.deleteUnused(
        context,
        context.timeout(state, "delete", TIMEOUT),
        () -> context.call(request, DeleteInternetGatewayResponse.class));
  }

  private static void attach(Context context, Attributes planned) {
    AttachInternetGatewayRequest request =
        AttachInternetGatewayRequest.builder()
            .internetGatewayId(planned.id())
            .vpcId(planned.text("vpc_id"))
            .build();
    context
        .waiter()
        .retry(
            context.timeout(planned, "create", TIMEOUT),
            e -> e.is("InvalidInternetGatewayID.NotFound"),
            () -> context.call(request, AttachInternetGatewayResponse.class));
  }

  /** Waits while public addresses are still in use in the VPC, as those of a NAT gateway. */
  private static void detach(Context context, Attributes state) {
    if (!state.has("vpc_id")) {
      return;
    }
    DetachInternetGatewayRequest request =
        DetachInternetGatewayRequest.builder()
            .internetGatewayId(state.id())
            .vpcId(state.text("vpc_id"))
            .build();
    try {
      Ec2Calls.deleteUnused(
          context,
          context.timeout(state, "delete", TIMEOUT),
          () -> context.call(request, DetachInternetGatewayResponse.class));
    } catch (CallFailed e) {
      if (!e.is("Gateway.NotAttached", "InvalidInternetGatewayID.NotFound")) {
        throw e;
      }
    }
  }
}
