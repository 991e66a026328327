"""Every waiter that boto3 has for what the twin does: one that succeeds, and one that fails in each of its ways."""
import sys

import boto3
from botocore import waiter, xform_name
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError

import twin
from twin import CLUSTER, client

SERVICES = ("ecs elbv2 ecr ec2 iam cloudwatch acm s3 route53 logs sns sts ssm secretsmanager"
            " application-autoscaling kms budgets wafv2").split()
LATE = {"Delay": 0.05, "MaxAttempts": 3}
PATIENT = {"Delay": 0.1, "MaxAttempts": 300}
done, problems = {}, []


def ok(service, name, **params):
    wait(service, name, "", PATIENT, params)


def fails(service, name, text, patience=PATIENT, **params):
    wait(service, name, text, patience, params)


def wait(service, name, text, patience, params):
    done.setdefault((service, name), set()).add("fails" if text else "ok")
    try:
        client(service).get_waiter(name).wait(**params, WaiterConfig=patience)
        said = ""
    except WaiterError as e:
        said = str(e)
    if (text == "") != (said == "") or text not in said:
        problems.append(f"{service} {name}: expected '{text}' and it said '{said}'")


def offered(service, operation):
    """Whether the twin has the operation: what it does not have it refuses by that name."""
    raw = boto3.client(service, config=Config(retries={"total_max_attempts": 1}, parameter_validation=False))
    shape = raw.meta.service_model.operation_model(operation).input_shape
    params = {m: "none-such-1" for m in shape.required_members if shape.members[m].type_name == "string"}
    try:
        getattr(raw, xform_name(operation))(**params)
    except ClientError as e:
        return not missing(e)
    return True


def missing(error):
    return error.response["Error"]["Code"] in (
        "NotImplemented", "501", "UnknownOperationException", "InvalidAction", "UnknownOperation")


def ecs_and_elb():
    stack = twin.Stack()
    stack_balancer = {"LoadBalancerArns": [stack.balancer]}
    ok("elbv2", "load_balancer_exists", **stack_balancer)
    ok("elbv2", "load_balancer_available", **stack_balancer)
    fails("elbv2", "load_balancers_deleted", "Max attempts exceeded", LATE, **stack_balancer)
    targets = {"TargetGroupArn": stack.target_group}
    fails("elbv2", "target_in_service", "Max attempts exceeded", LATE, **targets)

    twin.push(stack.repository, "good", {})
    twin.push(stack.repository, "bad", {"exit": {"after": 1, "code": 1}})
    good, bad = stack.define("good"), stack.define("bad")
    service = {"cluster": CLUSTER, "services": ["web"]}
    fails("ecs", "services_stable", 'expected path: "MISSING"', **service)
    fails("ecs", "services_inactive", 'expected path: "MISSING"', **service)
    stack.serve("web", good)
    fails("ecs", "services_stable", "Max attempts exceeded", LATE, **service)
    fails("ecs", "services_inactive", "Max attempts exceeded", LATE, **service)
    ok("ecs", "services_stable", **service)
    ok("elbv2", "target_in_service", **targets)
    [target] = stack.elb.describe_target_health(**targets)["TargetHealthDescriptions"]
    fails("elbv2", "target_deregistered", "Max attempts exceeded", LATE, Targets=[target["Target"]], **targets)

    task = stack.run(good)
    fails("ecs", "tasks_stopped", "Max attempts exceeded", LATE, cluster=CLUSTER, tasks=[task])
    ok("ecs", "tasks_running", cluster=CLUSTER, tasks=[task])
    stack.ecs.stop_task(cluster=CLUSTER, task=task)
    ok("ecs", "tasks_stopped", cluster=CLUSTER, tasks=[task])
    fails("ecs", "tasks_running", 'expected path: "STOPPED"', cluster=CLUSTER, tasks=[task])
    none = task[:-32] + "0" * 32
    fails("ecs", "tasks_running", 'expected path: "MISSING"', cluster=CLUSTER, tasks=[none])
    ok("ecs", "tasks_stopped", cluster=CLUSTER, tasks=[stack.run(bad)])

    stack.ecs.delete_service(cluster=CLUSTER, service="web", force=True)
    fails("ecs", "services_stable", "matched expected path", **service)
    ok("ecs", "services_inactive", **service)
    fails("ecs", "services_stable", 'expected path: "INACTIVE"', **service)
    ok("elbv2", "target_deregistered", Targets=[target["Target"]], **targets)

    stack.elb.delete_load_balancer(LoadBalancerArn=stack.balancer)
    ok("elbv2", "load_balancers_deleted", **stack_balancer)
    fails("elbv2", "load_balancer_exists", "Max attempts exceeded", LATE, **stack_balancer)
    fails("elbv2", "load_balancer_available", "Max attempts exceeded", LATE, **stack_balancer)
    return stack


def network(stack):
    ec2 = stack.ec2
    for name, key, made in (("vpc", "VpcIds", stack.vpc), ("subnet", "SubnetIds", stack.subnets[0])):
        ok("ec2", name + "_available", **{key: [made]})
        fails("ec2", name + "_available", ".NotFound", LATE, **{key: [name + "-0123456789abcdef0"]})
    for name, key, made in (("vpc_exists", "VpcIds", stack.vpc),
                            ("security_group_exists", "GroupIds", stack.group)):
        ok("ec2", name, **{key: [made]})
        fails("ec2", name, "Max attempts exceeded", LATE, **{key: [made.split("-")[0] + "-0123456789abcdef0"]})
    ok("ec2", "internet_gateway_exists", InternetGatewayIds=[stack.gateway])
    # The waiter retries another code than the one that EC2 has.
    fails("ec2", "internet_gateway_exists", "InvalidInternetGatewayID.NotFound", LATE,
          InternetGatewayIds=["igw-0123456789abcdef0"])
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=stack.subnets[0], AllocationId=address)["NatGateway"]["NatGatewayId"]
    gateways = {"NatGatewayIds": [nat]}
    fails("ec2", "nat_gateway_deleted", "Max attempts exceeded", LATE, **gateways)
    ok("ec2", "nat_gateway_available", **gateways)
    ec2.delete_nat_gateway(NatGatewayId=nat)
    fails("ec2", "nat_gateway_available", "matched expected path", **gateways)
    ok("ec2", "nat_gateway_deleted", **gateways)
    made = ec2.create_network_interface(SubnetId=stack.subnets[0])["NetworkInterface"]["NetworkInterfaceId"]
    ok("ec2", "network_interface_available", NetworkInterfaceIds=[made])
    ec2.delete_network_interface(NetworkInterfaceId=made)
    fails("ec2", "network_interface_available", "InvalidNetworkInterfaceID.NotFound", NetworkInterfaceIds=[made])


def registry(stack):
    ecr, image = client("ecr"), {"repositoryName": "clients", "imageId": {"imageTag": "good"}}
    fails("ecr", "image_scan_complete", "ScanNotFoundException", **image)
    ecr.start_image_scan(**image)
    ok("ecr", "image_scan_complete", **image)
    name = {"repositoryName": "clients"}
    fails("ecr", "lifecycle_policy_preview_complete", "LifecyclePolicyPreviewNotFoundException", **name)
    ecr.start_lifecycle_policy_preview(**name, lifecyclePolicyText=(
        '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan",'
        '"countNumber":1},"action":{"type":"expire"}}]}'))
    ok("ecr", "lifecycle_policy_preview_complete", **name)


def names():
    ok("iam", "role_exists", RoleName=twin.ROLE)
    fails("iam", "role_exists", "Max attempts exceeded", LATE, RoleName="nobody")
    policy = client("iam").create_policy(PolicyName="p", PolicyDocument=(
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}'))
    ok("iam", "policy_exists", PolicyArn=policy["Policy"]["Arn"])
    fails("iam", "policy_exists", "Max attempts exceeded", LATE, PolicyArn=policy["Policy"]["Arn"] + "x")
    cloudwatch = client("cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName="a", Namespace="N", MetricName="M", Statistic="Sum", Period=60, EvaluationPeriods=1,
        Threshold=1, ComparisonOperator="GreaterThanThreshold")
    ok("cloudwatch", "alarm_exists", AlarmNames=["a"])
    fails("cloudwatch", "alarm_exists", "Max attempts exceeded", LATE, AlarmNames=["none"])


def later():
    """What needs an operation that may not be there yet; who adds it adds its case."""
    if offered("cloudwatch", "PutCompositeAlarm"):
        client("cloudwatch").put_composite_alarm(AlarmName="c", AlarmRule="ALARM(a)")
        ok("cloudwatch", "composite_alarm_exists", AlarmNames=["c"], AlarmTypes=["CompositeAlarm"])
    fails("cloudwatch", "composite_alarm_exists", "Max attempts exceeded", LATE, AlarmNames=["none"],
          AlarmTypes=["CompositeAlarm"])
    if offered("iam", "CreateUser"):
        client("iam").create_user(UserName="u")
        ok("iam", "user_exists", UserName="u")
    fails("iam", "user_exists", "Max attempts exceeded", LATE, UserName="nobody")
    if offered("acm", "DescribeCertificate"):
        acm = client("acm")
        arn = acm.request_certificate(DomainName="example.test", ValidationMethod="DNS")["CertificateArn"]
        fails("acm", "certificate_validated", "Max attempts exceeded", LATE, CertificateArn=arn)
        fails("acm", "certificate_validated", "ResourceNotFoundException", CertificateArn=arn[:-1] + "0")
    if offered("route53", "GetChange"):
        route53 = client("route53")
        zone = route53.create_hosted_zone(Name="waiters.test", CallerReference="1")["HostedZone"]["Id"]
        record = {"Name": "a.waiters.test", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "10.0.0.1"}]}
        change = route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={
            "Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]})["ChangeInfo"]["Id"]
        fails("route53", "resource_record_sets_changed", "Max attempts exceeded", LATE, Id=change)
        ok("route53", "resource_record_sets_changed", Id=change)
        fails("route53", "resource_record_sets_changed", "NoSuchChange", Id="C0123456789012345678")
    if offered("s3", "HeadBucket"):
        s3 = client("s3")
        s3.create_bucket(Bucket="bucket-of-waiters")
        s3.put_object(Bucket="bucket-of-waiters", Key="k", Body=b"b")
        ok("s3", "bucket_exists", Bucket="bucket-of-waiters")
        ok("s3", "object_exists", Bucket="bucket-of-waiters", Key="k")
        ok("s3", "bucket_not_exists", Bucket="bucket-of-nobody")
        ok("s3", "object_not_exists", Bucket="bucket-of-waiters", Key="none")
        fails("s3", "bucket_exists", "Max attempts exceeded", LATE, Bucket="bucket-of-nobody")
        fails("s3", "object_exists", "Max attempts exceeded", LATE, Bucket="bucket-of-waiters", Key="none")
        fails("s3", "bucket_not_exists", "Max attempts exceeded", LATE, Bucket="bucket-of-waiters")
        fails("s3", "object_not_exists", "Max attempts exceeded", LATE, Bucket="bucket-of-waiters", Key="k")


def uncovered():
    for service in SERVICES:
        made = client(service)
        for name in made.waiter_names:
            cases = done.get((service, name), set())
            model = waiter.WaiterModel(made._get_waiter_config()).get_waiter(xform_to_model(made, name))
            if not cases and offered(service, model.operation):
                yield f"{service} {name}: no case, and the twin has {model.operation}"


def xform_to_model(made, name):
    return next(n for n in waiter.WaiterModel(made._get_waiter_config()).waiter_names if xform_name(n) == name)


stack = ecs_and_elb()
network(stack)
registry(stack)
names()
later()
problems += list(uncovered())
print(f"{len(done)} waiters, {sum(len(c) for c in done.values())} outcomes")
sys.exit("\n".join(problems) or 0)
