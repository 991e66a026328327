package dev.slipway.twin.emulators;

import dev.slipway.twin.clients.RunningTwin;
import java.net.http.HttpClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;

/** An account of its own and the AWS SDK's clients for it. */
final class Account {

  final EcsClient ecs;
  final Ec2Client ec2;
  final ElasticLoadBalancingV2Client elb;
  final EcrClient ecr;
  final IamClient iam;
  final CloudWatchLogsClient logs;
  final HttpClient web;

  Account(RunningTwin twin, String id, SdkHttpClient http, HttpClient web) {
    this.web = web;
    this.ecs = twin.client(EcsClient.builder().httpClient(http), id);
    this.ec2 = twin.client(Ec2Client.builder().httpClient(http), id);
    this.elb = twin.client(ElasticLoadBalancingV2Client.builder().httpClient(http), id);
    this.ecr = twin.client(EcrClient.builder().httpClient(http), id);
    this.iam = twin.client(IamClient.builder().httpClient(http), id);
    this.logs = twin.client(CloudWatchLogsClient.builder().httpClient(http), id);
  }
}
