package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.value.Attributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;

/** The {@code metric_query} blocks of an alarm. */
final class AlarmQueries {

  private AlarmQueries() {}

  static List<MetricDataQuery> toQueries(List<Attributes> blocks) {
    return blocks.stream().map(AlarmQueries::toQuery).toList();
  }

  static List<Attributes> toBlocks(List<MetricDataQuery> queries) {
    return queries.stream().map(AlarmQueries::toBlock).toList();
  }

  private static MetricDataQuery toQuery(Attributes block) {
    MetricDataQuery.Builder query =
        MetricDataQuery.builder()
            .id(block.text("id"))
            .accountId(block.text("account_id"))
            .expression(block.text("expression"))
            .label(block.text("label"))
            .period(block.positive("period"))
            .returnData(block.flag("return_data"));
    block
        .block("metric")
        .ifPresent(metric ->
            query.metricStat(stat ->
                stat.metric(m ->
                        m.metricName(metric.text("metric_name"))
                            .namespace(metric.text("namespace"))
                            .dimensions(dimensions(metric)))
                    .period(metric.positive("period"))
                    .stat(metric.text("stat"))
                    .unit(metric.text("unit"))));
    return query.build();
  }

  private static List<Dimension> dimensions(Attributes metric) {
    return metric.textMap("dimensions").entrySet().stream()
        .map(e -> Dimension.builder().name(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  private static Attributes toBlock(MetricDataQuery query) {
    Attributes block =
        new Attributes()
            .set("id", query.id())
            .setText("account_id", query.accountId())
            .setText("expression", query.expression())
            .setText("label", query.label())
            .set("period", query.period() == null ? 0 : query.period())
            .set("return_data", Boolean.TRUE.equals(query.returnData()))
            .setNoBlocks("metric");
    MetricStat stat = query.metricStat();
    if (stat != null) {
      Map<String, String> dimensions = new LinkedHashMap<>();
      stat.metric().dimensions().forEach(one -> dimensions.put(one.name(), one.value()));
      block.setBlock(
          "metric",
          new Attributes()
              .set("metric_name", stat.metric().metricName())
              .setText("namespace", stat.metric().namespace())
              .setTexts("dimensions", dimensions)
              .set("period", stat.period())
              .set("stat", stat.stat())
              .setText("unit", stat.unitAsString()));
    }
    return block;
  }
}
