"""Builds, changes, breaks and takes down networks with boto3, as a person would by hand.

Prints one line a step; a step that answers otherwise than EC2 ends the script with an error.
"""

import json
import time
import urllib.request
import os

import boto3
from botocore.exceptions import ClientError

ec2 = boto3.client("ec2")
steps = 0


def step(text):
    global steps
    steps += 1
    print(f"{steps} {text}")


def pass_time(seconds):
    body = json.dumps({"advance": f"PT{seconds}S"}).encode()
    request = urllib.request.Request(
        os.environ["AWS_ENDPOINT_URL"] + "/_twin/clock", body, {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request).read()


def refused(code, call, message=None, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        found = error.response["Error"]
        assert found["Code"] == code, found
        assert message is None or found["Message"] == message, found
        step(f"{call.__name__} refused: {code}")
        return
    raise AssertionError(f"{call.__name__} was not refused: {arguments}")


def until(what, question, wanted):
    for _ in range(60):
        if question() == wanted:
            step(f"{what} is {wanted}")
            return
        pass_time(10)
        time.sleep(0.02)
    raise AssertionError(f"{what} is {question()} and never {wanted}")


def tagged(kind, name):
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]


# A network.
zones = [z["ZoneName"] for z in ec2.describe_availability_zones()["AvailabilityZones"]]
vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=tagged("vpc", "one"))["Vpc"]["VpcId"]
ec2.get_waiter("vpc_available").wait(VpcIds=[vpc])
ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
answer = ec2.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
assert answer["EnableDnsHostnames"]["Value"]
public, private = (
    ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{i}.0/24", AvailabilityZone=zones[i])["Subnet"]["SubnetId"]
    for i in range(2)
)
ec2.get_waiter("subnet_available").wait(SubnetIds=[public, private])
ec2.modify_subnet_attribute(SubnetId=public, MapPublicIpOnLaunch={"Value": True})
assert ec2.describe_subnets(SubnetIds=[public])["Subnets"][0]["MapPublicIpOnLaunch"]
step("network")

# Gateways, tables and routes.
igw = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
refused(
    "InvalidParameterValue",
    ec2.create_route,
    f"route table {table} and network gateway {igw} belong to different networks",
    RouteTableId=table,
    DestinationCidrBlock="0.0.0.0/0",
    GatewayId=igw,
)
ec2.attach_internet_gateway(InternetGatewayId=igw, VpcId=vpc)
ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=igw)
association = ec2.associate_route_table(RouteTableId=table, SubnetId=public)["AssociationId"]
eip = ec2.allocate_address(Domain="vpc")
nat = ec2.create_nat_gateway(SubnetId=public, AllocationId=eip["AllocationId"])["NatGateway"]["NatGatewayId"]


def nat_state():
    return ec2.describe_nat_gateways(NatGatewayIds=[nat])["NatGateways"][0]["State"]


assert nat_state() == "pending"
until("NAT gateway", nat_state, "available")
inner = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
ec2.create_route(RouteTableId=inner, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
inner_association = ec2.associate_route_table(RouteTableId=inner, SubnetId=private)["AssociationId"]
ec2.replace_route(RouteTableId=inner, DestinationCidrBlock="0.0.0.0/0", GatewayId=igw)
ec2.replace_route(RouteTableId=inner, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
association = ec2.replace_route_table_association(AssociationId=association, RouteTableId=inner)["NewAssociationId"]
association = ec2.replace_route_table_association(AssociationId=association, RouteTableId=table)["NewAssociationId"]
step("routes moved")
refused("AuthFailure", ec2.disassociate_address, AssociationId=ec2.describe_addresses(
    AllocationIds=[eip["AllocationId"]])["Addresses"][0]["AssociationId"])
refused("InvalidIPAddress.InUse", ec2.release_address, AllocationId=eip["AllocationId"])

# Security groups.
web = ec2.create_security_group(VpcId=vpc, GroupName="web", Description="web")["GroupId"]
app = ec2.create_security_group(VpcId=vpc, GroupName="app", Description="app")["GroupId"]
ec2.get_waiter("security_group_exists").wait(GroupIds=[web, app])
rule = ec2.authorize_security_group_ingress(
    GroupId=app,
    IpPermissions=[{"IpProtocol": "tcp", "FromPort": 5000, "ToPort": 5000, "UserIdGroupPairs": [{"GroupId": web}]}],
)["SecurityGroupRules"][0]["SecurityGroupRuleId"]
ec2.modify_security_group_rules(
    GroupId=app,
    SecurityGroupRules=[
        {
            "SecurityGroupRuleId": rule,
            "SecurityGroupRule": {
                "IpProtocol": "tcp", "FromPort": 5001, "ToPort": 5001, "ReferencedGroupId": web,
            },
        }
    ],
)
assert ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule])["SecurityGroupRules"][0]["FromPort"] == 5001
refused("DependencyViolation", ec2.delete_security_group, f"resource {web} has a dependent object", GroupId=web)
ec2.revoke_security_group_ingress(GroupId=app, SecurityGroupRuleIds=[rule])
ec2.revoke_security_group_egress(
    GroupId=app, IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
)
offices = ec2.create_managed_prefix_list(
    PrefixListName="offices", MaxEntries=2, AddressFamily="IPv4", Entries=[{"Cidr": "198.51.100.0/24"}]
)["PrefixList"]["PrefixListId"]
ec2.authorize_security_group_egress(
    GroupId=app, IpPermissions=[{"IpProtocol": "-1", "PrefixListIds": [{"PrefixListId": offices}]}]
)
ec2.modify_managed_prefix_list(PrefixListId=offices, CurrentVersion=1, AddEntries=[{"Cidr": "192.0.2.0/24"}])
assert len(ec2.get_managed_prefix_list_entries(PrefixListId=offices)["Entries"]) == 2
step("groups changed")

# Network ACLs.
acl = ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]
entry = dict(NetworkAclId=acl, RuleNumber=100, Protocol="-1", Egress=False, CidrBlock="0.0.0.0/0")
ec2.create_network_acl_entry(RuleAction="allow", **entry)
refused("NetworkAclEntryAlreadyExists", ec2.create_network_acl_entry, RuleAction="deny", **entry)
ec2.replace_network_acl_entry(RuleAction="deny", **entry)
own = [
    a
    for n in ec2.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [private]}])["NetworkAcls"]
    for a in n["Associations"]
    if a["SubnetId"] == private
][0]
moved = ec2.replace_network_acl_association(
    AssociationId=own["NetworkAclAssociationId"], NetworkAclId=acl
)["NewAssociationId"]
refused("DependencyViolation", ec2.delete_network_acl, NetworkAclId=acl)
ec2.replace_network_acl_association(AssociationId=moved, NetworkAclId=own["NetworkAclId"])
ec2.delete_network_acl_entry(NetworkAclId=acl, RuleNumber=100, Egress=False)
ec2.delete_network_acl(NetworkAclId=acl)
step("network ACLs moved")

# Endpoints.
region = ec2.meta.region_name
s3 = ec2.create_vpc_endpoint(VpcId=vpc, ServiceName=f"com.amazonaws.{region}.s3")["VpcEndpoint"]["VpcEndpointId"]
ec2.modify_vpc_endpoint(VpcEndpointId=s3, AddRouteTableIds=[inner])
listed = ec2.describe_prefix_lists(
    Filters=[{"Name": "prefix-list-name", "Values": [f"com.amazonaws.{region}.s3"]}]
)["PrefixLists"][0]["PrefixListId"]
refused("InvalidParameterValue", ec2.delete_route, RouteTableId=inner, DestinationPrefixListId=listed)
ec2.modify_vpc_endpoint(VpcEndpointId=s3, RemoveRouteTableIds=[inner])
policy = {"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}]}
logs = ec2.create_vpc_endpoint(
    VpcId=vpc,
    VpcEndpointType="Interface",
    ServiceName=f"com.amazonaws.{region}.logs",
    SubnetIds=[private],
    SecurityGroupIds=[web],
)["VpcEndpoint"]["VpcEndpointId"]


def logs_state():
    return ec2.describe_vpc_endpoints(VpcEndpointIds=[logs])["VpcEndpoints"][0]["State"]


until("endpoint", logs_state, "available")
ec2.modify_vpc_endpoint(
    VpcEndpointId=logs,
    AddSubnetIds=[public],
    AddSecurityGroupIds=[app],
    RemoveSecurityGroupIds=[web],
    PolicyDocument=json.dumps(policy),
    PrivateDnsEnabled=False,
)
changed = ec2.describe_vpc_endpoints(VpcEndpointIds=[logs])["VpcEndpoints"][0]
assert len(changed["NetworkInterfaceIds"]) == 2 and changed["Groups"][0]["GroupId"] == app, changed
ec2.modify_vpc_endpoint(VpcEndpointId=logs, RemoveSubnetIds=[public], ResetPolicy=True, PrivateDnsEnabled=True)
refused("DependencyViolation", ec2.delete_security_group, f"resource {app} has a dependent object", GroupId=app)
step("endpoints changed")

# Interfaces and addresses.
eni = ec2.create_network_interface(SubnetId=public, Groups=[web])["NetworkInterface"]["NetworkInterfaceId"]
ec2.get_waiter("network_interface_available").wait(NetworkInterfaceIds=[eni])
ec2.modify_network_interface_attribute(NetworkInterfaceId=eni, Groups=[app])
more = ec2.assign_private_ip_addresses(NetworkInterfaceId=eni, SecondaryPrivateIpAddressCount=2)
ec2.unassign_private_ip_addresses(
    NetworkInterfaceId=eni, PrivateIpAddresses=[a["PrivateIpAddress"] for a in more["AssignedPrivateIpAddresses"]]
)
spare = ec2.allocate_address(Domain="vpc")["AllocationId"]
mapped = ec2.associate_address(AllocationId=spare, NetworkInterfaceId=eni)["AssociationId"]
ec2.disassociate_address(AssociationId=mapped)
ec2.release_address(AllocationId=spare)
ec2.delete_network_interface(NetworkInterfaceId=eni)
step("interfaces changed")

# DHCP options, further blocks, tags.
dopt = ec2.create_dhcp_options(
    DhcpConfigurations=[
        {"Key": "domain-name", "Values": ["example.internal"]},
        {"Key": "domain-name-servers", "Values": ["AmazonProvidedDNS"]},
    ]
)["DhcpOptions"]["DhcpOptionsId"]
ec2.associate_dhcp_options(DhcpOptionsId=dopt, VpcId=vpc)
refused("DependencyViolation", ec2.delete_dhcp_options, DhcpOptionsId=dopt)
ec2.associate_dhcp_options(DhcpOptionsId="default", VpcId=vpc)
ec2.delete_dhcp_options(DhcpOptionsId=dopt)
block = ec2.associate_vpc_cidr_block(VpcId=vpc, CidrBlock="10.1.0.0/16")["CidrBlockAssociation"]["AssociationId"]
far = ec2.create_subnet(VpcId=vpc, CidrBlock="10.1.0.0/24")["Subnet"]["SubnetId"]
refused("InvalidCidrBlock.InUse", ec2.disassociate_vpc_cidr_block, AssociationId=block)
ec2.delete_subnet(SubnetId=far)
ec2.disassociate_vpc_cidr_block(AssociationId=block)
ec2.create_tags(Resources=[vpc, table], Tags=[{"Key": "team", "Value": "a"}])
assert len(ec2.describe_tags(Filters=[{"Name": "key", "Values": ["team"]}])["Tags"]) == 2
ec2.delete_tags(Resources=[table], Tags=[{"Key": "team"}])
step("options, blocks and tags changed")

# A second network, whose things do not fit into the first.
other = ec2.create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"]
stranger = ec2.create_subnet(VpcId=other, CidrBlock="10.8.0.0/24")["Subnet"]["SubnetId"]
refused(
    "InvalidParameterValue",
    ec2.associate_route_table,
    f"Route table {table} and subnet {stranger} belong to different networks",
    RouteTableId=table,
    SubnetId=stranger,
)
refused("InvalidParameterValue", ec2.create_network_interface, SubnetId=stranger, Groups=[web])
ec2.delete_subnet(SubnetId=stranger)
ec2.delete_vpc(VpcId=other)

# Down again, the wrong way round first.
refused("DependencyViolation", ec2.delete_vpc, f"The vpc '{vpc}' has dependencies and cannot be deleted.", VpcId=vpc)
refused(
    "DependencyViolation",
    ec2.delete_subnet,
    f"The subnet '{public}' has dependencies and cannot be deleted.",
    SubnetId=public,
)
refused(
    "DependencyViolation",
    ec2.detach_internet_gateway,
    f"Network {vpc} has some mapped public address(es). Please unmap those public address(es)"
    " before detaching the gateway.",
    InternetGatewayId=igw,
    VpcId=vpc,
)
refused(
    "DependencyViolation",
    ec2.delete_route_table,
    f"The routeTable '{table}' has dependencies and cannot be deleted.",
    RouteTableId=table,
)
ec2.delete_vpc_endpoints(VpcEndpointIds=[s3, logs])
refused("DependencyViolation", ec2.delete_security_group, f"resource {app} has a dependent object", GroupId=app)
ec2.delete_nat_gateway(NatGatewayId=nat)
until("NAT gateway", nat_state, "deleted")
route = [
    r for r in ec2.describe_route_tables(RouteTableIds=[inner])["RouteTables"][0]["Routes"] if "NatGatewayId" in r
][0]
assert route["State"] == "blackhole", route
ec2.release_address(AllocationId=eip["AllocationId"])
until("number of endpoints", lambda: len(ec2.describe_vpc_endpoints()["VpcEndpoints"]), 0)
ec2.detach_internet_gateway(InternetGatewayId=igw, VpcId=vpc)
ec2.delete_internet_gateway(InternetGatewayId=igw)
for each in (association, inner_association):
    ec2.disassociate_route_table(AssociationId=each)
for each in (table, inner):
    ec2.delete_route_table(RouteTableId=each)
for each in (public, private):
    ec2.delete_subnet(SubnetId=each)
for each in (app, web):
    ec2.delete_security_group(GroupId=each)
ec2.delete_managed_prefix_list(PrefixListId=offices)
ec2.delete_vpc(VpcId=vpc)
left = {
    "vpcs": ec2.describe_vpcs()["Vpcs"],
    "interfaces": ec2.describe_network_interfaces()["NetworkInterfaces"],
    "addresses": ec2.describe_addresses()["Addresses"],
    "groups": ec2.describe_security_groups()["SecurityGroups"],
    "tables": ec2.describe_route_tables()["RouteTables"],
    "acls": ec2.describe_network_acls()["NetworkAcls"],
    "gateways": ec2.describe_internet_gateways()["InternetGateways"],
}
assert not any(left.values()), left
step("nothing is left")
