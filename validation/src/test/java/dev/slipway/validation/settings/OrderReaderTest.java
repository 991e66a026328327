package dev.slipway.validation.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.Extras;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderReaderTest {

  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  @TempDir private Path directory;

  private final Map<String, String> flags = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private String input = "";

  private OrderReaderTest flag(String word, String value) {
    flags.put(word, value);
    return this;
  }

  private OrderReaderTest file(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
    return this;
  }

  private Order read() throws WrongSetting {
    return OrderReader.read(
        new Places(
            flags::get,
            word -> "--" + word,
            environment,
            directory,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))));
  }

  private String refused() {
    return catchThrowableOfType(WrongSetting.class, this::read).told().text();
  }

  @Test
  void sendsNoSteadyRequestsUnlessAskedTo() throws Exception {
    flag("cluster", "staging").flag("service", "orders");
    assertThat(read().extras()).isEqualTo(Extras.NONE);
    environment.put("SLIPWAY_PROBE", "25");
    assertThat(read().extras().probeRate()).isEqualTo(25);
  }

  @Test
  void takesAFlagBeforeTheEnvironmentBeforeAFileBeforeTerraform() throws Exception {
    file(
        "slipway.yaml",
        """
        cluster: of-file
        service: of-file
        url: http://of-file.example/
        """);
    file(
        "outputs.json",
        """
        {"cluster_name": {"value": "of-terraform", "type": "string"},
         "service_name": {"value": "of-terraform", "type": "string"},
         "url": {"value": "http://of-terraform.example/", "type": "string"},
         "image_digest": {"value": "%s", "type": "string"}}
        """
            .formatted(DIGEST));
    environment.put("SLIPWAY_CLUSTER", "of-environment");
    environment.put("SLIPWAY_SERVICE", "of-environment");
    environment.put("SLIPWAY_TERRAFORM_OUTPUT", "outputs.json");
    flag("cluster", "of-flag").flag("config", "slipway.yaml");

    var wanted = read().services().getFirst().wanted();

    assertThat(wanted.cluster()).isEqualTo("of-flag");
    assertThat(wanted.service()).isEqualTo("of-environment");
    assertThat(wanted.url()).isEqualTo("http://of-file.example/");
    assertThat(wanted.imageDigest()).isEqualTo(DIGEST);
  }

  @Test
  void readsEverySettingFromAFile() throws Exception {
    file(
        "slipway.yaml",
        """
        cluster: staging
        service: orders
        region: eu-west-1
        expect-revision: orders:7
        expect-body: all is well
        expect-header:
          X-Build: "7"
        skip:
          image-unpinned: tags are our way
        fail-on: high
        timeout: 5m
        soak: 30s
        tags: smoke, health
        """);
    flag("config", "slipway.yaml");

    Order order = read();

    var item = order.services().getFirst();
    assertThat(order.region()).isEqualTo("eu-west-1");
    assertThat(order.tags()).containsExactly("smoke", "health");
    assertThat(order.limits().timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(order.limits().soakTime()).isEqualTo(Duration.ofSeconds(30));
    assertThat(item.wanted().revision()).isEqualTo("orders:7");
    assertThat(item.wanted().body()).isEqualTo("all is well");
    assertThat(item.wanted().headers()).containsExactly(Map.entry("X-Build", "7"));
    assertThat(item.choices().skipped("image-unpinned")).contains("tags are our way");
    assertThat(item.choices().failOn()).isEqualTo(Severity.HIGH);
  }

  @Test
  void readsTerraformFromStandardInput() throws Exception {
    input =
        """
        {"cluster_name": {"value": "staging"}, "service_name": {"value": "orders"},
         "revision": {"value": "0a1b2c3d"}, "task_definition_arn": {"value": "orders:3"},
         "subnets": {"value": ["a", "b"]}}
        """;
    flag("terraform-output", "-");
    var wanted = read().services().getFirst().wanted();
    assertThat(wanted.commit()).isEqualTo("0a1b2c3d");
    assertThat(wanted.revision()).isEqualTo("orders:3");
  }

  @Test
  void takesARevisionOfTerraformsForATaskDefinitionWhenItLooksLikeOne() throws Exception {
    input =
        """
        {"cluster": {"value": "staging"}, "service": {"value": "orders"},
         "revision": {"value": "orders:3"}}
        """;
    flag("terraform-output", "-");
    var wanted = read().services().getFirst().wanted();
    assertThat(wanted.commit()).isEmpty();
    assertThat(wanted.revision()).isEqualTo("orders:3");
  }

  @Test
  void readsAListOfServicesWhoseOwnWordsCountMost() throws Exception {
    file(
        "services.yaml",
        """
        - orders
        - service: invoices
          cluster: billing
          image-digest: %s
          skip:
            soak: it restarts at night
          fail-on: critical
        """
            .formatted(DIGEST));
    flag("services-file", "services.yaml").flag("cluster", "staging").flag("skip", "tls=inside");

    var services = read().services();

    assertThat(services)
        .extracting(s -> s.wanted().cluster() + "/" + s.wanted().service())
        .containsExactly("staging/orders", "billing/invoices");
    assertThat(services.get(0).choices().skips()).containsOnlyKeys("tls");
    assertThat(services.get(1).choices().skips()).containsOnlyKeys("tls", "soak");
    assertThat(services.get(1).choices().failOn()).isEqualTo(Severity.CRITICAL);
    assertThat(services.get(1).wanted().imageDigest()).isEqualTo(DIGEST);
  }

  @Test
  void takesAllOfAClusterWithWhatIsWantedOfEach() throws Exception {
    flag("all", "true").flag("cluster", "staging").flag("expect-body", "well");
    Order order = read();
    assertThat(order.services()).isEmpty();
    assertThat(order.whole().orElseThrow().wanted().cluster()).isEqualTo("staging");
    assertThat(order.whole().orElseThrow().wanted().withService("a").body()).isEqualTo("well");
  }

  @Test
  void refusesForSeveralServicesWhatOnlyOneCanHave() {
    flag("all", "true").flag("cluster", "staging").flag("url", "http://a.example/");
    assertThat(refused())
        .isEqualTo(
            """
            --url cannot be used with several services
              seen    expected it in the list of services; got http://a.example/ beside --all
              cause   it can only be true of one service
              try     put url at the service in --services-file\
            """);
  }

  @Test
  void refusesAllBesideAList() throws Exception {
    file("services.yaml", "[orders]").flag("services-file", "services.yaml");
    environment.put("SLIPWAY_ALL", "true");
    assertThat(refused())
        .isEqualTo(
            """
            --all and a list of services exclude each other
              seen    expected one of them; got SLIPWAY_ALL and services.yaml
              cause   two ways to say which services are meant
              try     slipway verify --cluster NAME --all\
            """);
  }

  @Test
  void saysWhereAMissingClusterMayStand() {
    assertThat(refused())
        .isEqualTo(
            """
            no cluster is named
              seen    expected --cluster, SLIPWAY_CLUSTER, cluster in the file of --config, or an output of --terraform-output; found none
              cause   a missing option, or an empty variable in a script
              try     slipway verify --cluster NAME --service NAME
              try     slipway verify --help\
            """);
  }

  @Test
  void namesAWrongValueByItsSource() throws Exception {
    environment.put("SLIPWAY_IMAGE_DIGEST", "latest");
    flag("cluster", "staging").flag("service", "orders");
    assertThat(refused())
        .isEqualTo(
            """
            SLIPWAY_IMAGE_DIGEST cannot be used
              seen    expected sha256: and 64 hexadecimal digits; got latest
              cause   a typing error or an empty variable in a script
              try     slipway image find --repository NAME --tag TAG\
            """);
    environment.clear();
    file("slipway.yaml", "# ours\ntimeout: 5m\nurl: orders.example\n")
        .flag("config", "slipway.yaml");
    assertThat(refused())
        .isEqualTo(
            """
            slipway.yaml line 3 (url) cannot be used
              seen    expected an http or https URL; got orders.example
              cause   a typing error or an empty variable in a script
              try     leave --url out: the URL is found from the load balancer\
            """);
    file("slipway.yaml", "skip:\n  tls:\n");
    assertThat(refused()).startsWith("slipway.yaml line 2 (skip: tls) cannot be used\n");
    flags.remove("config");
    input = "{\"url\": {\"value\": 7},\n \"image_digest\": {\"value\": \"latest\"}}";
    flag("terraform-output", "-").flag("url", "http://a.example");
    assertThat(refused()).startsWith("standard input line 2 (image_digest) cannot be used\n");
  }

  @Test
  void namesASettingThatDoesNotExist() throws Exception {
    file("slipway.yaml", "cluster: staging\nimage-diggest: x\n").flag("config", "slipway.yaml");
    assertThat(refused())
        .startsWith(
            "slipway.yaml line 2 cannot be used\n"
                + "  seen    image-diggest is no setting; there are cluster, service,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout|soon|expected a number and s, m or h; got soon",
        "soak|1d|expected a number and s, m or h; got 1d",
        "fail-on|bad|expected one of low, medium, high, critical; got bad",
        "region|europe|expected the name of a region; got europe",
        "commit|main|expected 7 to 40 hexadecimal digits; for any other text there is",
        "expect-header|X-Build|expected NAME=VALUE; got X-Build",
        "expect-header|X Build=7|expected the name of a header before the equals sign; got X Build",
        "skip|tls=|expected NAME=VALUE, the value being the reason; got tls=",
        "tags|smoke,al|expected some of definition, drift, front-door, health, identity, image, network,",
      })
  void refusesValuesThatCannotBeMeant(String word, String value, String seen) {
    flag("cluster", "staging").flag("service", "orders").flag(word, value);
    assertThat(refused()).startsWith("--" + word + " cannot be used\n  seen    " + seen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cluster: a\\nskip:\\n  - b: [c|slipway.yaml line 3 cannot be read|YAML or JSON; ",
        "cluster: a\\ncluster: b|slipway.yaml line 2 cannot be read|Duplicate field 'cluster'",
        "''|slipway.yaml cannot be read|it is empty",
        "- a|slipway.yaml line 1 cannot be used|got a list",
        "cluster: [a]|slipway.yaml line 1 (cluster) cannot be used|expected one value; got a list",
        "cluster: |slipway.yaml line 1 (cluster) cannot be used|expected one value; got nothing",
        "services: x|slipway.yaml cannot be used|expected a list of services; got x",
        "services: []|slipway.yaml cannot be used|expected a list of services; got an empty one",
        "services: [{nmae: x}]|slipway.yaml line 1 cannot be used|nmae is no setting",
        "all: perhaps|slipway.yaml line 1 (all) cannot be used|expected true or false; got perhaps",
      })
  void saysWhereAFileIsWrong(String text, String what, String seen) throws Exception {
    file("slipway.yaml", text.replace("\\n", "\n")).flag("config", "slipway.yaml");
    assertThat(refused()).startsWith(what + "\n").contains(seen).contains("\n  try ");
  }

  @Test
  void saysThatAFileDoesNotExist() {
    flag("services-file", "nowhere.yaml");
    assertThat(refused())
        .startsWith(
            "nowhere.yaml cannot be read\n"
                + "  seen    expected YAML or JSON; there is no such file\n");
  }

  @Test
  void saysThatAFileIsNoOutputOfTerraform() throws Exception {
    file("state.json", "{\"version\": 4}").flag("terraform-output", "state.json");
    assertThat(refused())
        .isEqualTo(
            """
            state.json cannot be used
              seen    expected the outputs of Terraform, each with its value
              cause   it was made with another command
              try     terraform output -json > state.json\
            """);
  }

  @Test
  void knowsOneNameForEverySettingEverywhere() {
    assertThat(List.of(Setting.values()))
        .extracting(Setting::flag, Setting::variable)
        .contains(tuple("--image-digest", "SLIPWAY_IMAGE_DIGEST"), tuple("--skip", "SLIPWAY_SKIP"));
  }
}
