package dev.slipway.validation.check.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.topology.Network;
import dev.slipway.validation.Sample;
import dev.slipway.validation.check.Finding;
import dev.slipway.validation.observe.Metrics;
import dev.slipway.validation.observe.Posture;
import dev.slipway.validation.observe.TerraformState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** The same rules, as AWS tells them and as Terraform writes them down in three ways. */
// The SDK's builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
class DriftOfGroupsTest {

  private final Sample sample = new Sample();
  private UnaryOperator<SecurityGroup.Builder> rules = g -> g;

  private void ingress(UnaryOperator<IpPermission.Builder> of) {
    rules = g -> g.ipPermissions(of.apply(tcp(443)).build());
  }

  private static IpPermission.Builder tcp(int port) {
    return IpPermission.builder().ipProtocol("tcp").fromPort(port).toPort(port);
  }

  /** A managed resource with ' for ". */
  private static String resource(String type, String values) {
    return "{'address':'%s.this','mode':'managed','type':'%s','values':{%s}}"
        .formatted(type, type, values);
  }

  private static String group(String rules) {
    return resource("aws_security_group", "'id':'sg-task'" + rules);
  }

  private List<Finding> findings(String... resources) throws IOException {
    sample.state =
        TerraformState.parse(
            "{'format_version':'1.0','values':{'root_module':{'resources':[%s]}}}"
                .formatted(String.join(",", resources))
                .replace('\'', '"'));
    sample.posture = posture(rules.apply(SecurityGroup.builder().groupId("sg-task")).build());
    return DriftOfGroups.rules(sample.snapshot(), sample.goal());
  }

  private static Posture posture(SecurityGroup group) {
    return new Posture(
        true,
        Optional.empty(),
        "",
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        Map.of(),
        new Network(
            "eu-central-1",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(SecurityGroup.builder().groupId("sg-other").build(), group),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of()),
        Map.of(),
        List.of(),
        Metrics.NONE,
        Sample.NOW);
  }

  private void everyKindOfPeer() {
    ingress(p ->
        p.ipRanges(r -> r.cidrIp("10.0.0.0/16"))
            .ipv6Ranges(r -> r.cidrIpv6("2001:db8::/32"))
            .prefixListIds(r -> r.prefixListId("pl-1"))
            .userIdGroupPairs(r -> r.groupId("sg-alb"), r -> r.groupId("sg-task")));
  }

  @Test
  void knowsTheRulesThatStandInTheGroupItself() throws IOException {
    everyKindOfPeer();
    assertThat(
            findings(
                group(
                    """
                    ,'ingress':[{'protocol':'tcp','from_port':443,'to_port':443,'cidr_blocks':['10.0.0.0/16'],
                      'ipv6_cidr_blocks':['2001:db8::/32'],'prefix_list_ids':['pl-1'],
                      'security_groups':['sg-alb'],'self':true}]
                    """)))
        .isEmpty();
  }

  @Test
  void knowsTheRulesThatAreResourcesOfTheirOwn() throws IOException {
    everyKindOfPeer();
    String type = "aws_vpc_security_group_ingress_rule";
    String https =
        "'security_group_id':'sg-task','ip_protocol':'tcp','from_port':443,'to_port':443,";
    assertThat(
            findings(
                group(""),
                resource(type, https + "'cidr_ipv4':'10.0.0.0/16','cidr_ipv6':null"),
                resource(type, https + "'cidr_ipv6':'2001:db8::/32'"),
                resource(type, https + "'prefix_list_id':'pl-1'"),
                resource(type, https + "'referenced_security_group_id':'sg-alb'"),
                resource(type, https + "'referenced_security_group_id':'sg-task'")))
        .isEmpty();
  }

  @Test
  void knowsTheRulesOfTheOlderResource() throws IOException {
    everyKindOfPeer();
    String https =
        "'security_group_id':'sg-task','type':'ingress','protocol':'tcp','from_port':443,'to_port':443,";
    assertThat(
            findings(
                group(""),
                resource(
                    "aws_security_group_rule",
                    https
                        + "'cidr_blocks':['10.0.0.0/16'],'ipv6_cidr_blocks':['2001:db8::/32'],'prefix_list_ids':['pl-1']"),
                resource("aws_security_group_rule", https + "'source_security_group_id':'sg-alb'"),
                resource("aws_security_group_rule", https + "'self':true")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "all"})
  void takesPortsOfAllProtocolsForNothing(String protocol) throws IOException {
    rules =
        g ->
            g.ipPermissionsEgress(
                IpPermission.builder()
                    .ipProtocol("-1")
                    .ipRanges(r -> r.cidrIp("0.0.0.0/0"))
                    .build());
    assertThat(
            findings(
                group(
                    ",'egress':[{'protocol':'%s','from_port':0,'to_port':65535,'cidr_blocks':['0.0.0.0/0']}]"
                        .formatted(protocol))))
        .isEmpty();
  }

  /** Harmless: rules of another group, and a group that Terraform does not keep. */
  @Test
  void mindsNoRuleOfAnotherGroup() throws IOException {
    String other =
        "'security_group_id':'sg-other','type':'ingress','protocol':'tcp','ip_protocol':'tcp','from_port':1,'to_port':1,";
    assertThat(
            findings(
                group(""),
                resource("aws_security_group_rule", other + "'cidr_blocks':['10.0.0.0/16']"),
                resource(
                    "aws_vpc_security_group_ingress_rule", other + "'cidr_ipv4':'10.0.0.0/16'"),
                resource(
                    "aws_vpc_security_group_egress_rule", other + "'cidr_ipv4':'10.0.0.0/16'")))
        .isEmpty();
    everyKindOfPeer();
    assertThat(findings(resource("aws_security_group", "'id':'sg-unknown'"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'cidr_blocks':['10.0.0.0/16']                                    | no such rule | ingress tcp 443-443 10.1.0.0/16
          'cidr_blocks':['10.0.0.0/16','10.1.0.0/16','10.2.0.0/16']        | ingress tcp 443-443 10.2.0.0/16 | without them
          'cidr_blocks':['10.0.0.0/16','10.2.0.0/16','10.3.0.0/16']        | ingress tcp 443-443 10.2.0.0/16; ingress tcp 443-443 10.3.0.0/16 | ingress tcp 443-443 10.1.0.0/16
          'cidr_blocks':['10.0.0.0/16','10.1.0.0/16'],'self':true          | ingress tcp 443-443 sg-task | without them
          """)
  void saysWhichRulesCameAndWhichWent(String written, String gone, String came) throws IOException {
    ingress(p -> p.ipRanges(r -> r.cidrIp("10.0.0.0/16"), r -> r.cidrIp("10.1.0.0/16")));
    List<Finding> found =
        findings(
            group(",'ingress':[{'protocol':'tcp','from_port':443,'to_port':443," + written + "}]"));
    assertThat(found)
        .extracting(Finding::explanation)
        .containsExactly(
            "The set of rules of sg-task is %s; Terraform's state says %s.".formatted(came, gone));
    assertThat(found.getFirst().cause()).isEqualTo("drift-security-group");
  }

  @ParameterizedTest
  @CsvSource({"ingress,egress", "egress,ingress"})
  void tellsWaysInFromWaysOut(String seen, String written) throws IOException {
    IpPermission https = tcp(443).ipRanges(r -> r.cidrIp("10.0.0.0/16")).build();
    rules = g -> seen.equals("ingress") ? g.ipPermissions(https) : g.ipPermissionsEgress(https);
    assertThat(
            findings(
                group(
                    ",'%s':[{'protocol':'tcp','from_port':443,'to_port':443,'cidr_blocks':['10.0.0.0/16']}]"
                        .formatted(written))))
        .extracting(Finding::explanation)
        .containsExactly(
            "The set of rules of sg-task is %s tcp 443-443 10.0.0.0/16; Terraform's state says %s tcp 443-443 10.0.0.0/16."
                .formatted(seen, written));
  }
}
