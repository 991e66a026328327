package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Security groups. Source: EC2 API reference, CreateSecurityGroup and others. */
final class SecurityGroupApi {

  private static final Pattern TEXT = Pattern.compile("[a-zA-Z0-9 ._\\-:/()#,@\\[\\]+=&;{}!$*]*");

  private final World world;
  private final Stores stores;
  private final GroupRules rules;
  private final Filters<SecurityGroup> filters;

  SecurityGroupApi(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.rules = new GroupRules(world, stores);
    this.filters =
        Filters.of(stores.securityGroups.kind())
            .on("group-id", SecurityGroup::groupId)
            .on("group-name", SecurityGroup::groupName)
            .on("description", SecurityGroup::description)
            .on("owner-id", SecurityGroup::ownerId)
            .on("vpc-id", SecurityGroup::vpcId);
    permissionFilters("ip-permission.", SecurityGroup::ipPermissions);
    permissionFilters("egress.ip-permission.", SecurityGroup::ipPermissionsEgress);
  }

  private void permissionFilters(
      String prefix, Function<SecurityGroup, List<IpPermission>> permissions) {
    permissionFilter(prefix + "protocol", permissions, p -> Stream.of(p.ipProtocol()));
    permissionFilter(prefix + "from-port", permissions, p -> Stream.ofNullable(p.fromPort()));
    permissionFilter(prefix + "to-port", permissions, p -> Stream.ofNullable(p.toPort()));
    permissionFilter(prefix + "cidr", permissions, p -> p.ipRanges().stream().map(r -> r.cidrIp()));
    permissionFilter(
        prefix + "ipv6-cidr", permissions, p -> p.ipv6Ranges().stream().map(r -> r.cidrIpv6()));
    permissionFilter(
        prefix + "group-id", permissions, p -> p.userIdGroupPairs().stream().map(r -> r.groupId()));
    permissionFilter(
        prefix + "prefix-list-id",
        permissions,
        p -> p.prefixListIds().stream().map(r -> r.prefixListId()));
  }

  private void permissionFilter(
      String name,
      Function<SecurityGroup, List<IpPermission>> permissions,
      Function<IpPermission, Stream<?>> field) {
    filters.many(name, g -> permissions.apply(g).stream().flatMap(field));
  }

  static SecurityGroup.Builder blank(
      World world, String id, String name, String description, String vpcId) {
    return SecurityGroup.builder()
        .groupId(id)
        .groupName(name)
        .description(description)
        .vpcId(vpcId)
        .ownerId(world.account())
        .securityGroupArn(world.arn("ec2", "security-group/" + id))
        .ipPermissions(List.of())
        .ipPermissionsEgress(List.of());
  }

  /** Creates a group with one rule, which admits all egress. */
  public CreateSecurityGroupResponse createSecurityGroup(CreateSecurityGroupRequest request) {
    Parameters.only(request, "Description", "GroupName", "VpcId", "TagSpecifications");
    String name = Parameters.required("GroupName", request.groupName());
    String description = Parameters.required("GroupDescription", request.description());
    if (request.vpcId() == null) {
      throw AwsError.of("VPCIdNotSpecified", "No default VPC for this user");
    }
    stores.vpcs.require(request.vpcId());
    checkName(name, request.vpcId());
    checkText("GroupName", name);
    checkText("GroupDescription", description);
    new Quotas(stores).checkSecurityGroups();
    String id = stores.securityGroups.newId();
    List<Tag> tags = Tags.of(request.tagSpecifications(), "security-group");
    SecurityGroup made = blank(world, id, name, description, request.vpcId()).tags(tags).build();
    stores.securityGroups.put(made);
    rules.add(id, true, List.of(VpcDefaults.anywhere()), List.of());
    return CreateSecurityGroupResponse.builder()
        .groupId(id)
        .securityGroupArn(made.securityGroupArn())
        .tags(tags)
        .build();
  }

  /** Lists groups with their permissions. */
  public DescribeSecurityGroupsResponse describeSecurityGroups(
      DescribeSecurityGroupsRequest request) {
    Parameters.only(request, "GroupIds", "GroupNames", "Filters", "NextToken", "MaxResults");
    request.groupIds().forEach(SecurityGroupApi::checkId);
    if (!request.groupNames().isEmpty()) {
      throw AwsError.of("VPCIdNotSpecified", "No default VPC for this user");
    }
    Page<SecurityGroup> page =
        Page.of(
            filters.apply(stores.securityGroups.select(request.groupIds()), request.filters()),
            request.maxResults(),
            request.nextToken());
    return DescribeSecurityGroupsResponse.builder()
        .securityGroups(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** Deletes a group that no interface and no other group's rule uses. */
  public DeleteSecurityGroupResponse deleteSecurityGroup(DeleteSecurityGroupRequest request) {
    Parameters.only(request, "GroupId");
    String id = Parameters.required("GroupId", request.groupId());
    checkId(id);
    SecurityGroup group = stores.securityGroups.require(id);
    if (group.groupName().equals("default")) {
      throw AwsError.of(
          "CannotDelete",
          "the specified group: \"%s\" name: \"default\" cannot be deleted by a user"
              .formatted(id));
    }
    boolean used =
        stores.networkInterfaces.any(
            i -> i.groups().stream().anyMatch(g -> id.equals(g.groupId())));
    if (used || rules.isReferenced(id)) {
      throw AwsError.of("DependencyViolation", "resource %s has a dependent object".formatted(id));
    }
    rules.removeAll(id);
    stores.securityGroups.remove(id);
    return DeleteSecurityGroupResponse.builder().returnValue(true).groupId(id).build();
  }

  static void checkId(String id) {
    if (!id.startsWith("sg-")) {
      throw AwsError.of(
          "InvalidGroupId.Malformed", "Invalid id: \"%s\" (expecting \"sg-...\")".formatted(id));
    }
  }

  private void checkName(String name, String vpcId) {
    if (name.equalsIgnoreCase("default")) {
      throw AwsError.of(
          "InvalidParameterValue", "Cannot use reserved security group name: default");
    }
    if (name.startsWith("sg-")) {
      throw AwsError.of(
          "InvalidParameterValue",
          "Invalid security group name. Group names may not be in the format sg-*");
    }
    if (stores.securityGroups.any(g -> g.vpcId().equals(vpcId) && g.groupName().equals(name))) {
      throw AwsError.of(
          "InvalidGroup.Duplicate",
          "The security group '%s' already exists for VPC '%s'".formatted(name, vpcId));
    }
  }

  private static void checkText(String parameter, String text) {
    if (text.length() > 255 || !TEXT.matcher(text).matches()) {
      throw Parameters.invalid(
          text,
          parameter,
          text.length() > 255
              ? "Character count exceeds 255."
              : "Valid descriptions are strings less than 256 characters from the following set: "
                  + " a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*");
    }
  }
}
