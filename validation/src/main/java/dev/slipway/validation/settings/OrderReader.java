package dev.slipway.validation.settings;

import dev.slipway.validation.observe.Extras;
import dev.slipway.validation.observe.TerraformState;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.report.Message;
import dev.slipway.validation.settings.Order.Item;
import dev.slipway.validation.suite.Choices;
import dev.slipway.validation.suite.DeploymentSuite;
import dev.slipway.validation.suite.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;

/** Reads what is to be verified from all places where it may stand. */
public final class OrderReader {

  private static final List<Setting> OF_A_SERVICE =
      List.of(
          Setting.CLUSTER,
          Setting.SERVICE,
          Setting.IMAGE_DIGEST,
          Setting.EXPECT_REVISION,
          Setting.URL,
          Setting.COMMIT,
          Setting.EXPECT_BUILD,
          Setting.EXPECT_BODY,
          Setting.EXPECT_HEADER,
          Setting.SKIP,
          Setting.FAIL_ON);

  private final Places places;
  private final Settings settings;

  private OrderReader(Places places, Settings settings) {
    this.places = places;
    this.settings = settings;
  }

  /**
   * The order that all places together make.
   *
   * @throws WrongSetting when something is missing or cannot be meant
   */
  public static Order read(Places places) throws WrongSetting {
    return new OrderReader(places, places.settings()).order();
  }

  private Order order() throws WrongSetting {
    String region = checked(settings, Setting.REGION);
    Optional<Places.Listed> listed = places.listed();
    boolean all = places.truth(Places.ALL);
    if (all && listed.isPresent()) {
      throw new WrongSetting(
          new Message(
              "--all and a list of services exclude each other",
              "expected one of them; got "
                  + places.placeName(Places.ALL)
                  + " and "
                  + listed.get().shown(),
              "two ways to say which services are meant",
              List.of("slipway verify --cluster NAME --all")));
    }
    if (all || listed.isPresent()) {
      noneOfOneService(all ? places.placeName(Places.ALL) : listed.get().shown());
    }
    Optional<Item> whole = all ? Optional.of(item(settings, false)) : Optional.empty();
    List<Item> services =
        all ? List.of() : listed.isPresent() ? items(listed.get()) : List.of(item(settings, true));
    Order order =
        new Order(
            services, whole, places.truth(Places.THOROUGH), region, limits(), tags(), extras());
    if (order.several() && !order.thorough()) {
      refuseTogether(Setting.SOAK);
      refuseTogether(Setting.TAGS);
      refuseTogether(Setting.PROBE);
    }
    return order;
  }

  /** Services that are read together are looked at once, by checks that need no more. */
  private void refuseTogether(Setting setting) throws WrongSetting {
    Optional<Value> said = settings.text(setting);
    if (said.isPresent()) {
      throw new WrongSetting(
          new Message(
              said.get().source() + " cannot be used with several services",
              "expected --thorough with it; got " + said.get().text(),
              "services that are read together are looked at once",
              List.of("add --thorough: every service then gets all checks, and more API calls")));
    }
  }

  /** What only one service can have cannot be said of several at once. */
  private void noneOfOneService(String several) throws WrongSetting {
    for (Setting setting : Setting.values()) {
      Optional<Value> said = setting.ofOneService() ? strong(setting) : Optional.empty();
      if (said.isPresent()) {
        throw new WrongSetting(
            new Message(
                said.get().source() + " cannot be used with several services",
                "expected it in the list of services; got "
                    + said.get().text()
                    + " beside "
                    + several,
                "it can only be true of one service",
                List.of("put %s at the service in --services-file".formatted(setting.word()))));
      }
    }
  }

  /** Terraform's outputs may speak of one of the services: that is no mistake of the user's. */
  private Optional<Value> strong(Setting setting) throws WrongSetting {
    for (Layer layer : settings.layers()) {
      Optional<Value> said =
          layer instanceof TerraformLayer ? Optional.empty() : layer.text(setting);
      if (said.isPresent()) {
        return said;
      }
    }
    return Optional.empty();
  }

  private List<Item> items(Places.Listed listed) throws WrongSetting {
    if (!(listed.node() instanceof Node.Sequence sequence) || sequence.items().isEmpty()) {
      String got = listed.node() == null ? "none" : listed.node().kind();
      throw new WrongSetting(
          new Message(
              listed.shown() + " cannot be used",
              "expected a list of services; got " + (got.equals("a list") ? "an empty one" : got),
              "the list was not written, or under another name",
              List.of("- service: orders", "see docs/verifying.md for an example")));
    }
    List<Item> items = new ArrayList<>();
    for (Node node : sequence.items()) {
      items.add(item(of(node, listed.shown()), true));
    }
    return List.copyOf(items);
  }

  /** A service's own words count more than what is said of all; only it has some of them. */
  private Layer of(Node node, String shown) throws WrongSetting {
    Layer own =
        node instanceof Node.Scalar scalar && !scalar.text().isBlank()
            ? new TextLayer(
                s -> s == Setting.SERVICE ? scalar.text() : null,
                _ -> FileLayer.at(shown, node.line()))
            : FileLayer.of(node, shown, OF_A_SERVICE.stream().map(Setting::word).toList());
    return new Settings(List.of(own, new Shared(settings)));
  }

  private Item item(Layer from, boolean named) throws WrongSetting {
    String cluster = checked(from, Setting.CLUSTER);
    String service = named ? checked(from, Setting.SERVICE) : "";
    if (cluster.isEmpty() || (named && service.isEmpty())) {
      throw missing(cluster.isEmpty() ? Setting.CLUSTER : Setting.SERVICE);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, Value> header : from.pairs(Setting.EXPECT_HEADER).entrySet()) {
      Rules.header(header.getKey(), header.getValue());
      headers.put(header.getKey(), header.getValue().text());
    }
    Wanted wanted =
        new Wanted(
            cluster,
            service,
            checked(from, Setting.IMAGE_DIGEST),
            checked(from, Setting.EXPECT_REVISION),
            checked(from, Setting.URL),
            checked(from, Setting.COMMIT),
            checked(from, Setting.EXPECT_BUILD),
            checked(from, Setting.EXPECT_BODY),
            headers);
    Map<String, String> skips = new LinkedHashMap<>();
    from.pairs(Setting.SKIP).forEach((id, reason) -> skips.put(id, reason.text()));
    Optional<Value> failOn = from.text(Setting.FAIL_ON);
    return new Item(
        wanted,
        new Choices(
            failOn.isPresent() ? Rules.severity(failOn.get()) : Choices.NORMAL.failOn(), skips));
  }

  private Limits limits() throws WrongSetting {
    Limits limits = Limits.NORMAL;
    Optional<Value> timeout = settings.text(Setting.TIMEOUT);
    if (timeout.isPresent()) {
      limits = limits.within(Rules.duration(timeout.get()));
    }
    Optional<Value> soak = settings.text(Setting.SOAK);
    if (soak.isPresent()) {
      limits = limits.soaking(Rules.duration(soak.get()));
    }
    return limits;
  }

  private Extras extras() throws WrongSetting {
    Optional<Value> probe = settings.text(Setting.PROBE);
    Optional<Value> state = settings.text(Setting.TERRAFORM_STATE);
    return new Extras(
        probe.isEmpty() ? 0 : Rules.rate(probe.get()),
        state.isEmpty() ? TerraformState.NONE : state(state.get()));
  }

  private TerraformState state(Value file) throws WrongSetting {
    try {
      return TerraformState.parse(Files.readString(places.file(file.text())));
    } catch (IOException e) {
      String why =
          e instanceof NoSuchFileException ? "there is no such file" : "it cannot be read as JSON";
      boolean told = e.getClass() == IOException.class && e.getMessage() != null;
      throw new WrongSetting(
          new Message(
              file.source() + " cannot be used",
              "expected the answer of terraform show -json; got %s: %s"
                  .formatted(file.text(), told ? e.getMessage() : why),
              "another file, or a state without resources",
              List.of("terraform show -json > state.json")));
    }
  }

  private List<String> tags() throws WrongSetting {
    Optional<Value> said = settings.text(Setting.TAGS);
    if (said.isEmpty()) {
      return List.of();
    }
    Set<String> known = new TreeSet<>();
    Arrays.stream(DeploymentSuite.class.getDeclaredMethods())
        .flatMap(m -> Arrays.stream(m.getAnnotationsByType(Tag.class)))
        .forEach(t -> known.add(t.value()));
    List<String> tags =
        Arrays.stream(said.get().text().split("[,\\s]+", -1)).filter(t -> !t.isEmpty()).toList();
    Rules.demand(
        known.containsAll(tags), said.get(), "some of " + String.join(", ", known), "--tags smoke");
    return tags;
  }

  private static String checked(Layer from, Setting setting) throws WrongSetting {
    Optional<Value> value = from.text(setting);
    if (value.isEmpty()) {
      return "";
    }
    Rules.check(setting, value.get());
    return value.get().text();
  }

  private static WrongSetting missing(Setting setting) {
    return new WrongSetting(
        new Message(
            "no %s is named".formatted(setting.word()),
            "expected %s, %s, %s in the file of --config, or an output of --terraform-output"
                    .formatted(setting.flag(), setting.variable(), setting.word())
                + "; found none",
            "a missing option, or an empty variable in a script",
            List.of("slipway verify --cluster NAME --service NAME", "slipway verify --help")));
  }

  /** What is said of all services, without what can only be true of one. */
  private record Shared(Layer all) implements Layer {
    @Override
    public Optional<Value> text(Setting setting) throws WrongSetting {
      return setting.ofOneService() ? Optional.empty() : all.text(setting);
    }

    @Override
    public Map<String, Value> pairs(Setting setting) throws WrongSetting {
      return all.pairs(setting);
    }
  }
}
