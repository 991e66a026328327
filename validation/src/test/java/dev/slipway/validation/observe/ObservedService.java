package dev.slipway.validation.observe;

import dev.slipway.validation.FakeAws;

/** The answers of a service with one running and one ended task. */
final class ObservedService {

  private static final String SERVICE =
      """
      {"services":[{"serviceArn":"arn:aws:ecs:eu-central-1:123456789012:service/staging/orders",
       "serviceName":"orders","status":"ACTIVE","desiredCount":1,"runningCount":1,"pendingCount":0,
       "taskDefinition":"arn:aws:ecs:eu-central-1:123456789012:task-definition/orders:2",
       "deployments":[{"id":"ecs-svc/2","status":"PRIMARY","rolloutState":"COMPLETED",
         "taskDefinition":"arn:aws:ecs:eu-central-1:123456789012:task-definition/orders:2"}],
       "loadBalancers":[],"events":[]}]}
      """;

  private static final String DEFINITION =
      """
      {"taskDefinition":{
       "taskDefinitionArn":"arn:aws:ecs:eu-central-1:123456789012:task-definition/orders:2",
       "containerDefinitions":[{"name":"app","image":"host/orders:1"}]}}
      """;

  private static final String TASKS =
      """
      {"tasks":[
       {"taskArn":"arn:aws:ecs:eu-central-1:123456789012:task/staging/a","lastStatus":"RUNNING",
        "desiredStatus":"RUNNING","createdAt":1},
       {"taskArn":"arn:aws:ecs:eu-central-1:123456789012:task/staging/b","lastStatus":"STOPPED",
        "desiredStatus":"STOPPED","createdAt":2}]}
      """;

  private ObservedService() {}

  /** One that somebody set to no task at all, and whose container logs to a group. */
  static FakeAws stopped(FakeAws fake) {
    return sound(
        fake.when(
                "DescribeServices",
                200,
                SERVICE.replace("\"desiredCount\":1", "\"desiredCount\":0"))
            .when(
                "DescribeTaskDefinition",
                200,
                DEFINITION.replace(
                    "\"name\":\"app\",",
                    "\"name\":\"app\",\"logConfiguration\":{\"logDriver\":\"awslogs\",\"options\":{\"awslogs-group\":\"/x\"}},")));
  }

  static FakeAws sound(FakeAws fake) {
    return fake.when("DescribeServices", 200, SERVICE)
        .when(
            "ListTasks",
            200,
            "{\"taskArns\":[\"arn:aws:ecs:eu-central-1:123456789012:task/staging/a\","
                + "\"arn:aws:ecs:eu-central-1:123456789012:task/staging/b\"]}")
        .when("DescribeTasks", 200, TASKS)
        .when("DescribeTaskDefinition", 200, DEFINITION)
        .when("ListServiceDeployments", 200, "{\"serviceDeployments\":[]}")
        .when("DescribeRepositories", 200, "{\"repositories\":[]}");
  }
}
