import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A thousand services with five thousand simulated tasks behind balancers. In two accounts, for one
 * may have 5,000 network interfaces, and the balancers need some, too.
 */
final class ScalePart {

  private static final int ACCOUNTS = 2;
  private static final int SERVICES = Integer.getInteger("slipway.services", 1000);
  private static final int TASKS = 5;
  private static final int PER_BALANCER = 50;
  private static final int LISTENER_PORT = 8080;
  private static final int PATIENCE = 600;

  private final Children children;

  ScalePart(Children children) {
    this.children = children;
  }

  void run(Results results) throws IOException, InterruptedException {
    try (BackgroundTwin twin =
        BackgroundTwin.start(children, "--runtime", "simulated", "--max-heap", "1g")) {
      long began = System.nanoTime();
      Map<String, Account> accounts = new TreeMap<>();
      Map<String, List<String>> services = new TreeMap<>();
      for (int i = 0; i < ACCOUNTS; i++) {
        String number = "00000000000" + (i + 1);
        Account account = new Account(twin.port(), number);
        account.prepare("{}");
        accounts.put(number, account);
        services.put(number, fill(account));
      }
      double created = (System.nanoTime() - began) / 1e9;
      Waiting.until(
          "all services are steady",
          PATIENCE,
          () ->
              twin.alive()
                  && accounts.entrySet().stream()
                      .allMatch(account -> {
                        List<String> names = services.get(account.getKey());
                        return account.getValue().steady(names) == names.size();
                      }));
      double steady = (System.nanoTime() - began) / 1e9;
      String what = SERVICES + " services, " + SERVICES * TASKS + " tasks, -Xmx1g: ";
      results.atMost("scale", what + "all steady", "s", PATIENCE, List.of(steady));
      results.noted("scale.created", what + "created through the API", "s", List.of(created));
      results.noted("scale.cpu", what + "processor time", "s", List.of(twin.cpuSeconds()));
      results.noted("scale.rss", what + "largest RSS", "MB", List.of(twin.megabytes("VmHWM")));
      double before = twin.cpuSeconds();
      Thread.sleep(20_000);
      results.noted(
          "scale.idle",
          what + "processors busy when steady, at 60 times real time",
          "",
          List.of((twin.cpuSeconds() - before) / 20));
    }
  }

  private static List<String> fill(Account account) {
    List<String> names = new ArrayList<>();
    String listener = "";
    for (int i = 0; i < SERVICES / ACCOUNTS; i++) {
      String name = "web-" + i;
      String targets = account.targetGroup(name);
      int place = i % PER_BALANCER;
      if (place == 0) {
        String balancer = account.balancer("front-" + i / PER_BALANCER).loadBalancerArn();
        listener = account.listener(balancer, LISTENER_PORT, targets);
      } else {
        account.rule(listener, place, "/" + name + "/*", targets);
      }
      account.service(name, TASKS, targets);
      names.add(name);
    }
    return names;
  }
}
