package dev.slipway.rehearsal.stage;

import dev.slipway.twin.TwinAccount;
import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.Wanted;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * A deployment of its own in an account of its own, for one fault: the clients of AWS, what belongs
 * to the service, and the release that comes next. Everything is done as a person or a pipeline
 * would do it. Not thread safe.
 */
public final class Stage {

  private final TwinAccount account;
  private final Aws aws;
  private final WorldTime time;
  private final Belongings belongings;
  private final Release release;
  private final Roots roots;
  private final Images images;
  private final Set<String> left = new HashSet<>();
  private Wanted wanted;

  Stage(
      TwinAccount account,
      Aws aws,
      WorldTime time,
      Belongings belongings,
      Release release,
      Roots roots,
      Images images,
      Wanted wanted) {
    this.account = account;
    this.aws = aws;
    this.time = time;
    this.belongings = belongings;
    this.release = release;
    this.roots = roots;
    this.images = images;
    this.wanted = wanted;
  }

  /** The account. */
  public TwinAccount account() {
    return account;
  }

  /** All clients that the verifier has. */
  public Aws aws() {
    return aws;
  }

  /** Elastic Container Service. */
  public EcsClient ecs() {
    return aws.ecs();
  }

  /** Elastic Load Balancing. */
  public ElasticLoadBalancingV2Client elb() {
    return aws.elb();
  }

  /** EC2. */
  public Ec2Client ec2() {
    return aws.ec2();
  }

  /** Elastic Container Registry. */
  public EcrClient ecr() {
    return aws.ecr();
  }

  /** Identity and Access Management. */
  public IamClient iam() {
    return aws.iam();
  }

  /** Any other client; the caller closes it. */
  public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder) {
    return account.client(builder.httpClientBuilder(UrlConnectionHttpClient.builder()));
  }

  /** What belongs to the service. */
  public Belongings its() {
    return belongings;
  }

  /** The deployment that comes next. */
  public Release release() {
    return release;
  }

  /** Terraform, with the state of the stack in this account. */
  public Terraform terraform() {
    return roots.all().getFirst();
  }

  /** Terraform, with the state of what outlives the stack, where that has a root of its own. */
  public Optional<Terraform> foundation() {
    return roots.all().stream().skip(1).findFirst();
  }

  /** Writes a resource otherwise in Terraform, by which the deployment is then made. */
  public void rewrite(String type, String id, String body)
      throws IOException, InterruptedException {
    terraform().rewrite(type, id, body);
    release.byTerraform();
  }

  /** Whether Terraform itself deploys: the root takes the image as a variable. */
  public boolean deploysWithTerraform() {
    return roots.takesImage();
  }

  Roots roots() {
    return roots;
  }

  Fitting fitting() {
    Service service = belongings.described();
    return Fitting.of(
        aws,
        service,
        belongings.taskDefinition(),
        service.loadBalancers().getFirst().containerName());
  }

  /**
   * Pushes an image to the service's repository, as somebody with a workstation would.
   *
   * @param tag what it is called there; a tag that is taken moves
   * @param revision the git revision that its program says it is
   * @return its digest
   */
  public String push(String tag, Program program, String revision)
      throws IOException, InterruptedException {
    return images.push(
        aws.ecr(), belongings.repositoryName(), tag, Images.Build.of(fitting(), program, revision));
  }

  /** Notes a thing that will be left after a destroy, by the id that a sweep must name. */
  public void leaves(String id) {
    left.add(id);
  }

  /** The ids of what the fault leaves. */
  public Set<String> left() {
    return Set.copyOf(left);
  }

  /** The world's time. */
  public WorldTime time() {
    return time;
  }

  /** Lets the world's time pass. */
  public void pass(Duration span) throws InterruptedException {
    time.pause(span);
  }

  /** What a pipeline would ask the verifier for now. */
  public Wanted wanted() {
    return wanted;
  }

  /** Whoever verifies knows of no deployment, as a look every night does not. */
  public void asksForNothing() {
    wanted = wanted.withRevision("").withImageDigest("").withCommit("");
  }

  /**
   * Pushes an image to a repository of another account, which it makes there and lets nobody read.
   *
   * @return its address with its digest
   */
  public String pushElsewhere(String name, Program program)
      throws IOException, InterruptedException {
    TwinAccount other = account.twin().account("8" + account.id().substring(1));
    try (EcrClient there =
        other.client(EcrClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()))) {
      there.createRepository(r -> r.repositoryName(name));
      Images.Build build = Images.Build.of(fitting(), program, release.commit());
      return "%s.dkr.ecr.%s.amazonaws.com/%s@%s"
          .formatted(
              other.id(),
              account.region(),
              name,
              images.push(there, name, release.commit(), build));
    }
  }

  void wanted(Wanted other) {
    wanted = other;
  }
}
