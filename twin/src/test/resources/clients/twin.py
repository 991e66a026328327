"""What the client tests share: a small Fargate stack made with boto3, on an image that the simulated runtime runs."""
import hashlib
import io
import json
import tarfile
import urllib.request

import boto3
from botocore.config import Config

CLUSTER, ROLE = "clients", "clients-execution"
TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]})


def client(service):
    return boto3.client(service, config=Config(retries={"total_max_attempts": 1}))


def layer(tag):
    """A layer of a system whose packages can be told, and a program."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, content in {"etc/os-release": b"ID=debian\n", "app": tag.encode()}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def push(repository, tag, behaviour):
    """Pushes an image and gives its digest."""
    token = client("ecr").get_authorization_token()["authorizationData"][0]["authorizationToken"]
    base = "http://" + repository.replace("/", "/v2/", 1)

    def send(method, path, body):
        request = urllib.request.Request(base + path, body, method=method, headers={
            "Authorization": "Basic " + token, "Content-Type": "application/vnd.oci.image.manifest.v1+json"})
        return urllib.request.urlopen(request).headers["Docker-Content-Digest"]

    def blob(kind, body):
        digest = "sha256:" + hashlib.sha256(body).hexdigest()
        send("POST", "/blobs/uploads/?digest=" + digest, body)
        return {"mediaType": "application/vnd.oci.image." + kind, "digest": digest, "size": len(body)}

    config = {"architecture": "amd64", "os": "linux",
              "config": {"Cmd": ["app"], "Env": ["SLIPWAY_BEHAVIOUR=" + json.dumps(behaviour)]}}
    manifest = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": blob("config.v1+json", json.dumps(config).encode()),
                "layers": [blob("layer.v1.tar", layer(tag))]}
    return send("PUT", "/manifests/" + tag, json.dumps(manifest).encode())


class Stack:
    """A network with a way out, a balancer with a target group, a role and a cluster."""

    def __init__(self):
        self.ec2, self.elb, self.ecs = client("ec2"), client("elbv2"), client("ecs")
        self.vpc = self.ec2.create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]
        self.gateway = self.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.ec2.attach_internet_gateway(VpcId=self.vpc, InternetGatewayId=self.gateway)
        main = self.ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [self.vpc]}])
        self.ec2.create_route(RouteTableId=main["RouteTables"][0]["RouteTableId"],
                              DestinationCidrBlock="0.0.0.0/0", GatewayId=self.gateway)
        self.subnets = [
            self.ec2.create_subnet(VpcId=self.vpc, CidrBlock=f"10.7.{n}.0/24", AvailabilityZone="us-east-1" + zone)
            ["Subnet"]["SubnetId"] for n, zone in enumerate("ab")]
        self.group = self.ec2.create_security_group(GroupName="all", Description="all", VpcId=self.vpc)["GroupId"]
        self.ec2.authorize_security_group_ingress(GroupId=self.group, IpPermissions=[
            {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
        self.balancer = self.elb.create_load_balancer(Name="clients", Subnets=self.subnets, SecurityGroups=[
            self.group])["LoadBalancers"][0]["LoadBalancerArn"]
        self.target_group = self.elb.create_target_group(
            Name="clients", VpcId=self.vpc, Port=5000, Protocol="HTTP", TargetType="ip",
            HealthCheckIntervalSeconds=5)["TargetGroups"][0]["TargetGroupArn"]
        self.elb.create_listener(LoadBalancerArn=self.balancer, Port=80, Protocol="HTTP", DefaultActions=[
            {"Type": "forward", "TargetGroupArn": self.target_group}])
        iam = client("iam")
        self.role = iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
        iam.attach_role_policy(
            RoleName=ROLE, PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")
        self.repository = client("ecr").create_repository(repositoryName="clients")["repository"]["repositoryUri"]
        self.ecs.create_cluster(clusterName=CLUSTER)
        self.network = {"awsvpcConfiguration": {
            "subnets": self.subnets, "securityGroups": [self.group], "assignPublicIp": "ENABLED"}}

    def define(self, tag):
        return self.ecs.register_task_definition(
            family="web", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
            executionRoleArn=self.role, containerDefinitions=[
                {"name": "app", "image": f"{self.repository}:{tag}", "portMappings": [{"containerPort": 5000}]}]
        )["taskDefinition"]["taskDefinitionArn"]

    def serve(self, name, definition, count=1, breaker=True):
        return self.ecs.create_service(
            cluster=CLUSTER, serviceName=name, taskDefinition=definition, desiredCount=count, launchType="FARGATE",
            loadBalancers=[{"targetGroupArn": self.target_group, "containerName": "app", "containerPort": 5000}],
            networkConfiguration=self.network,
            deploymentConfiguration={"deploymentCircuitBreaker": {"enable": breaker, "rollback": breaker}})

    def run(self, definition):
        return self.ecs.run_task(cluster=CLUSTER, taskDefinition=definition, launchType="FARGATE",
                                 networkConfiguration=self.network)["tasks"][0]["taskArn"]
