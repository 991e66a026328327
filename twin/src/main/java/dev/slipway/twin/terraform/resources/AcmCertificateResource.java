package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.PlanEdit;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.terraform.value.Values;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.acm.model.AddTagsToCertificateRequest;
import software.amazon.awssdk.services.acm.model.AddTagsToCertificateResponse;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateOptions;
import software.amazon.awssdk.services.acm.model.DeleteCertificateRequest;
import software.amazon.awssdk.services.acm.model.DeleteCertificateResponse;
import software.amazon.awssdk.services.acm.model.DescribeCertificateRequest;
import software.amazon.awssdk.services.acm.model.DescribeCertificateResponse;
import software.amazon.awssdk.services.acm.model.DomainValidation;
import software.amazon.awssdk.services.acm.model.ImportCertificateRequest;
import software.amazon.awssdk.services.acm.model.ImportCertificateResponse;
import software.amazon.awssdk.services.acm.model.ListTagsForCertificateRequest;
import software.amazon.awssdk.services.acm.model.ListTagsForCertificateResponse;
import software.amazon.awssdk.services.acm.model.RemoveTagsFromCertificateRequest;
import software.amazon.awssdk.services.acm.model.RemoveTagsFromCertificateResponse;
import software.amazon.awssdk.services.acm.model.RequestCertificateRequest;
import software.amazon.awssdk.services.acm.model.RequestCertificateResponse;
import software.amazon.awssdk.services.acm.model.Tag;

/** {@code aws_acm_certificate}: requested by name, or imported with its key. */
final class AcmCertificateResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_acm_certificate";
  }

  @Override
  public String label() {
    return "ACM Certificate";
  }

  @Override
  public Traits traits() {
    return new Traits().keep("options");
  }

  /**
   * The names that a certificate covers begin with its own; and the names of the validation options
   * are known before the records are, so that a configuration can make a record for each.
   */
  @Override
  public void customize(PlanEdit plan) {
    Attributes config = plan.config();
    boolean known =
        config.has("domain_name")
            && !config.get("subject_alternative_names").isUnknown()
            && config.get("subject_alternative_names").isWhollyKnown();
    if (!known) {
      return;
    }
    Set<String> names = new TreeSet<>(config.texts("subject_alternative_names"));
    names.add(config.text("domain_name"));
    if (!plan.creating()) {
      if (names.equals(new TreeSet<>(plan.prior().texts("subject_alternative_names")))) {
        plan.planned()
            .set("subject_alternative_names", plan.prior().get("subject_alternative_names"));
        plan.keep("subject_alternative_names");
      }
      return;
    }
    plan.planned().setTexts("subject_alternative_names", names);
    if ("DNS".equals(config.text("validation_method"))) {
      plan.planned()
          .setBlocks(
              "domain_validation_options",
              names.stream().map(AcmCertificateResource::expected).toList());
    }
  }

  private static Attributes expected(String name) {
    return new Attributes()
        .set("domain_name", name)
        .set("resource_record_name", Values.UNKNOWN)
        .set("resource_record_type", Values.UNKNOWN)
        .set("resource_record_value", Values.UNKNOWN);
  }

  @Override
  public void create(Context context, Attributes planned) {
    planned.set(
        "id",
        planned.has("private_key")
            ? imported(context, planned, null)
            : requested(context, planned));
    planned.set("arn", planned.id());
  }

  private static String requested(Context context, Attributes planned) {
    if (planned.has("certificate_authority_arn")
        || planned.block("validation_option").isPresent()) {
      throw new UnsupportedOperationException(
          "private authorities and validation options of aws_acm_certificate");
    }
    List<String> others =
        planned.texts("subject_alternative_names").stream()
            .filter(name -> !name.equals(planned.text("domain_name")))
            .toList();
    RequestCertificateRequest request =
        RequestCertificateRequest.builder()
            .domainName(planned.text("domain_name"))
            .subjectAlternativeNames(others.isEmpty() ? null : others)
            .validationMethod(planned.text("validation_method"))
            .keyAlgorithm(planned.text("key_algorithm"))
            .idempotencyToken(context.token().replace("-", ""))
            .options(planned.block("options").map(AcmCertificateResource::options).orElse(null))
            .tags(TagChanges.all(planned, AcmCertificateResource::tag))
            .build();
    return context.call(request, RequestCertificateResponse.class).certificateArn();
  }

  private static CertificateOptions options(Attributes block) {
    return CertificateOptions.builder()
        .certificateTransparencyLoggingPreference(
            block.text("certificate_transparency_logging_preference"))
        .build();
  }

  private static String imported(Context context, Attributes planned, String arn) {
    String chain = planned.text("certificate_chain");
    ImportCertificateRequest request =
        ImportCertificateRequest.builder()
            .certificateArn(arn)
            .certificate(SdkBytes.fromUtf8String(planned.text("certificate_body", "")))
            .privateKey(SdkBytes.fromUtf8String(planned.text("private_key", "")))
            .certificateChain(chain == null ? null : SdkBytes.fromUtf8String(chain))
            .tags(arn == null ? TagChanges.all(planned, AcmCertificateResource::tag) : null)
            .build();
    return context.call(request, ImportCertificateResponse.class).certificateArn();
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeCertificateRequest request =
        DescribeCertificateRequest.builder().certificateArn(state.id()).build();
    Optional<CertificateDetail> found =
        context.find(() -> context.call(request, DescribeCertificateResponse.class).certificate());
    found.ifPresent(detail -> {
      write(detail, state);
      ListTagsForCertificateRequest tags =
          ListTagsForCertificateRequest.builder().certificateArn(state.id()).build();
      context.setTags(
          state,
          context.call(tags, ListTagsForCertificateResponse.class).tags(),
          Tag::key,
          Tag::value);
    });
    return found.isPresent();
  }

  private static void write(CertificateDetail detail, Attributes state) {
    List<DomainValidation> validations = detail.domainValidationOptions();
    state
        .set("arn", detail.certificateArn())
        .setText("certificate_authority_arn", detail.certificateAuthorityArn())
        .set("domain_name", detail.domainName())
        .set("key_algorithm", detail.keyAlgorithmAsString())
        .setText("not_after", Objects.toString(detail.notAfter(), ""))
        .setText("not_before", Objects.toString(detail.notBefore(), ""))
        .set("pending_renewal", false)
        .set("renewal_eligibility", detail.renewalEligibilityAsString())
        .setNoBlocks("renewal_summary")
        .set("status", detail.statusAsString())
        .set("type", detail.typeAsString())
        .setTexts("subject_alternative_names", detail.subjectAlternativeNames())
        .setTexts("validation_emails", List.of())
        .set(
            "validation_method",
            validations.isEmpty() ? "NONE" : validations.getFirst().validationMethodAsString())
        .setBlocks(
            "domain_validation_options",
            validations.stream()
                .filter(option -> option.resourceRecord() != null)
                .map(option ->
                    new Attributes()
                        .set("domain_name", option.domainName())
                        .set("resource_record_name", option.resourceRecord().name())
                        .set("resource_record_type", option.resourceRecord().typeAsString())
                        .set("resource_record_value", option.resourceRecord().value()))
                .toList())
        .setBlock(
            "options",
            new Attributes()
                .set(
                    "certificate_transparency_logging_preference",
                    detail.options().certificateTransparencyLoggingPreferenceAsString()));
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    if (planned.differs(prior, "private_key", "certificate_body", "certificate_chain")) {
      imported(context, planned, planned.id());
    }
    if (planned.differs(prior, "options") || planned.differs(prior, "early_renewal_duration")) {
      throw new UnsupportedOperationException("options of an existing aws_acm_certificate");
    }
    String arn = planned.id();
    TagChanges.between(prior, planned)
        .apply(
            AcmCertificateResource::tag,
            keys ->
                context.call(
                    RemoveTagsFromCertificateRequest.builder()
                        .certificateArn(arn)
                        .tags(keys.stream().map(key -> Tag.builder().key(key).build()).toList())
                        .build(),
                    RemoveTagsFromCertificateResponse.class),
            tags ->
                context.call(
                    AddTagsToCertificateRequest.builder().certificateArn(arn).tags(tags).build(),
                    AddTagsToCertificateResponse.class));
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteCertificateRequest.builder().certificateArn(state.id()).build(),
        DeleteCertificateResponse.class);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
