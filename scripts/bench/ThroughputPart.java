import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** How many calls and requests a second a twin answers, beside nginx before the same backend. */
final class ThroughputPart {

  private static final int ROUNDS = 5;
  private static final int SECONDS = 4;
  private static final int LISTENER_PORT = 8080;
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

  private static final String DESCRIBE =
      """
      wrk.method = "POST"
      wrk.body = '{"cluster": "prod", "services": ["web"]}'
      wrk.headers["Content-Type"] = "application/x-amz-json-1.1"
      wrk.headers["X-Amz-Target"] = "AmazonEC2ContainerServiceV20141113.DescribeServices"
      wrk.headers["X-Amz-Date"] = "20260101T000000Z"
      wrk.headers["User-Agent"] = "wrk"
      wrk.headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=000000000000/20260101/eu-central-1/ecs/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=0000000000000000000000000000000000000000000000000000000000000000"
      """;

  private static final String NGINX =
      """
      worker_processes 1;
      daemon off;
      pid DIR/nginx.pid;
      error_log DIR/nginx-error.log;
      events { worker_connections 1024; }
      http {
        access_log off;
        client_body_temp_path DIR/body;
        proxy_temp_path DIR/proxy;
        fastcgi_temp_path DIR/fastcgi;
        uwsgi_temp_path DIR/uwsgi;
        scgi_temp_path DIR/scgi;
        keepalive_requests 100000000;
        upstream backend { BACKENDS keepalive 32; keepalive_requests 100000000; }
        server {
          listen 127.0.0.1:PORT;
          location / {
            proxy_pass http://backend;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          }
        }
      }
      """;

  private final Children children;

  ThroughputPart(Children children) {
    this.children = children;
  }

  void run(Results results) throws IOException, InterruptedException {
    try (BackgroundTwin twin = BackgroundTwin.start(children, "--runtime", "simulated")) {
      Account account = new Account(twin.port(), "000000000000");
      account.prepare("{}");
      LoadBalancer balancer = account.balancer("web");
      String targets = account.targetGroup("web");
      account.listener(balancer.loadBalancerArn(), LISTENER_PORT, targets);
      account.service("web", 2, targets);
      Waiting.until("the service is steady", 120, () -> account.steady(List.of("web")) == 1);
      results.noted(
          "deployed", "RSS with one steady service", "MB", List.of(twin.megabytes("VmRSS")));
      describe(twin, results);
      proxy(twin, balancer.dnsName() + ":" + LISTENER_PORT, results);
      results.noted("loaded", "RSS after the load", "MB", List.of(twin.megabytes("VmRSS")));
    }
  }

  private void describe(BackgroundTwin twin, Results results)
      throws IOException, InterruptedException {
    Path script = children.directory().resolve("describe.lua");
    Files.writeString(script, DESCRIBE);
    String url = "http://127.0.0.1:" + twin.port() + "/";
    wrk("-s", script.toString(), url);
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      rates.add(wrk("-s", script.toString(), url));
    }
    results.atLeast("describe", "DescribeServices, wrk -t1 -c8", "1/s", 17_000, rates);
  }

  private void proxy(BackgroundTwin twin, String address, Results results)
      throws IOException, InterruptedException {
    int port = BackgroundTwin.freePort();
    String servers =
        LoopbackListeners.on(Account.TASK_PORT).stream()
            .map(server -> "server " + server + ":" + Account.TASK_PORT + ";")
            .reduce("", (all, one) -> all + " " + one);
    Path configuration = children.directory().resolve("nginx.conf");
    Files.writeString(
        configuration,
        NGINX
            .replace("DIR", children.directory().toString())
            .replace("PORT", "" + port)
            .replace("BACKENDS", servers));
    Process nginx =
        children.start(
            children.directory().resolve("nginx.log"),
            List.of("nginx", "-c", configuration.toString()));
    try {
      List<Double> own = new ArrayList<>();
      List<Double> others = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      wrk("http://" + address + "/");
      wrk("http://127.0.0.1:" + port + "/");
      for (int i = 0; i < ROUNDS; i++) {
        own.add(wrk("http://" + address + "/"));
        others.add(wrk("http://127.0.0.1:" + port + "/"));
        ratios.add(own.getLast() / others.getLast());
      }
      results.atLeast("balancer", "requests through the balancer, wrk -t1 -c8", "1/s", 13_000, own);
      results.noted("nginx", "requests through nginx to the same tasks", "1/s", others);
      results.noted("ratio", "balancer to nginx, round by round", "", ratios);
    } finally {
      Children.end(nginx.toHandle());
    }
  }

  private double wrk(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("wrk", "-t1", "-c8", "-d" + SECONDS + "s"));
    command.addAll(List.of(arguments));
    String output = children.run(SECONDS + 20, command.toArray(String[]::new));
    Matcher rate = RATE.matcher(output);
    if (!rate.find() || output.contains("Non-2xx") || output.contains("Socket errors")) {
      throw new IOException("wrk met errors: " + output);
    }
    return Double.parseDouble(rate.group(1));
  }
}
