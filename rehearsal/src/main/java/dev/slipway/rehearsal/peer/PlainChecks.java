package dev.slipway.rehearsal.peer;

import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.observe.RestAssuredProber;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * The four checks that most smoke tests are made of: as many tasks run as are wanted, all targets
 * are healthy, one request through the load balancer answers 200, the image is in the registry.
 * They are tried every 15 s until all hold at once, for ten minutes at most.
 */
public final class PlainChecks implements Peer {

  private static final String NAME = "four plain checks";
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final int TRIES = 40;
  private static final int OK = 200;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Heard look(Stage stage) throws InterruptedException {
    int waits = 0;
    String wrong = "";
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int i = 0; i < TRIES; i++) {
        if (i > 0) {
          stage.pass(INTERVAL);
          waits++;
        }
        wrong = wrong(stage, http);
        if (wrong.isEmpty()) {
          break;
        }
      }
    }
    double seconds = INTERVAL.multipliedBy(waits).toSeconds();
    return new Heard(NAME, true, !wrong.isEmpty(), wrong.isEmpty() ? "all hold" : wrong, seconds);
  }

  private static String wrong(Stage stage, HttpClient http) throws InterruptedException {
    try {
      Service service = stage.its().described();
      if (!service.runningCount().equals(service.desiredCount())) {
        return "%d of %d tasks run".formatted(service.runningCount(), service.desiredCount());
      }
      for (var balancer : service.loadBalancers()) {
        List<TargetHealthDescription> bad =
            stage
                .elb()
                .describeTargetHealth(r -> r.targetGroupArn(balancer.targetGroupArn()))
                .targetHealthDescriptions()
                .stream()
                .filter(t -> !t.targetHealth().stateAsString().equals("healthy"))
                .toList();
        if (!bad.isEmpty()) {
          return "target %s is %s"
              .formatted(bad.getFirst().target().id(), bad.getFirst().targetHealth().state());
        }
      }
      String image = image(stage, service);
      return image.isEmpty() ? answer(stage, http) : image;
    } catch (SdkException e) {
      return e.getMessage();
    }
  }

  private static String image(Stage stage, Service service) {
    String image =
        stage
            .ecs()
            .describeTaskDefinition(r -> r.taskDefinition(service.taskDefinition()))
            .taskDefinition()
            .containerDefinitions()
            .getFirst()
            .image();
    boolean pinned = image.contains("@");
    int end = pinned ? image.indexOf('@') : image.lastIndexOf(':');
    ImageIdentifier id =
        pinned
            ? ImageIdentifier.builder().imageDigest(image.substring(end + 1)).build()
            : ImageIdentifier.builder().imageTag(image.substring(end + 1)).build();
    String repository = image.substring(image.indexOf('/') + 1, end);
    stage.ecr().describeImages(r -> r.repositoryName(repository).imageIds(id));
    return "";
  }

  private static String answer(Stage stage, HttpClient http) throws InterruptedException {
    String url = stage.wanted().url();
    if (url.isEmpty()) {
      return byHost(stage);
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      return status == OK ? "" : "GET " + url + " answers " + status;
    } catch (IOException e) {
      return "GET " + url + ": " + e.getClass().getSimpleName();
    }
  }

  /** A rule that wants a host is asked as {@code curl --header Host:} does. */
  private static String byHost(Stage stage) {
    return stage
        .its()
        .entrance()
        .map(e -> new RestAssuredProber(Duration.ofSeconds(5)).get(e.url(), e.host()))
        .map(a -> a.status() == OK ? "" : "GET / answers " + a.outcome())
        .orElse("no listener leads to the service");
  }
}
