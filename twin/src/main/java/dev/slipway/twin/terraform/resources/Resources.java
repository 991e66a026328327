package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.ResourceHandler;
import java.util.List;

/** Every resource type that the twin's provider offers. */
public final class Resources {

  private Resources() {}

  /** All handlers, one for each type. */
  public static List<ResourceHandler> all() {
    return List.of(
        new AcmCertificateResource(),
        new AcmCertificateValidationResource(),
        new AutoscalingPolicyResource(),
        new AutoscalingScheduledActionResource(),
        new AutoscalingTargetResource(),
        new BudgetResource(),
        new CloudWatchAlarmResource(),
        new CloudWatchDashboardResource(),
        new DefaultSecurityGroupResource(),
        new EcrLifecyclePolicyResource(),
        new EcrRegistryScanningResource(),
        new EcrRepositoryPolicyResource(),
        new EcrRepositoryResource(),
        new EcsAccountSettingResource(),
        new EcsClusterCapacityProvidersResource(),
        new EcsClusterResource(),
        new EcsServiceResource(),
        new EcsTaskDefinitionResource(),
        new EipResource(),
        new FlowLogResource(),
        new GroupRuleResource(false),
        new GroupRuleResource(true),
        new IamOpenIdProviderResource(),
        new IamPolicyResource(),
        new IamRolePolicyAttachmentResource(),
        new IamRolePolicyResource(),
        new IamRoleResource(),
        new InternetGatewayResource(),
        new KmsAliasResource(),
        new KmsKeyResource(),
        new LbListenerResource(),
        new LbListenerRuleResource(),
        new LbResource(),
        new LbTargetGroupResource(),
        new LogGroupResource(),
        new NatGatewayResource(),
        new NetworkAclAssociationResource(),
        new NetworkAclResource(),
        new NetworkAclRuleResource(),
        new Route53RecordResource(),
        new RouteResource(),
        new RouteTableAssociationResource(),
        new RouteTableResource(),
        new S3BucketEncryptionResource(),
        new S3BucketLifecycleResource(),
        new S3BucketPolicyResource(),
        new S3BucketResource(),
        new S3BucketVersioningResource(),
        new S3PublicAccessBlockResource(),
        new SecretResource(),
        new SecurityGroupResource(),
        new SecurityGroupRuleResource(),
        new SnsTopicResource(),
        new SnsTopicSubscriptionResource(),
        new SsmParameterResource(),
        new SubnetResource(),
        new VpcEndpointResource(),
        new VpcResource(),
        new WebAclAssociationResource());
  }
}
