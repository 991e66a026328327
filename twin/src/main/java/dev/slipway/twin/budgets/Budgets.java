package dev.slipway.twin.budgets;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;

/** The budgets of an account, which it has together, in its home region. */
public final class Budgets {

  private final World world;
  private final World home;

  /**
   * Budgets as a region sees them.
   *
   * @param home the account's home region, which may be the same world
   */
  public Budgets(World world, World home) {
    this.world = world;
    this.home = home;
  }

  /** Registers the API's operations at the world, once somebody calls one. */
  public void register() {
    world
        .operations()
        .registerLater(
            "budgets",
            () -> {
              world.operations().register(new BudgetApi(this));
              world.operations().register(new NotificationApi(this));
            });
  }

  World world() {
    return world;
  }

  Table<Row> rows() {
    return home.table(Row.TABLE);
  }

  /** Refuses calls for another account. */
  void check(String account) {
    if (!world.account().equals(account)) {
      throw AwsError.of(
          "AccessDeniedException", "Account " + account + " is not the account of the caller.");
    }
  }

  Row require(String account, String name) {
    check(account);
    return rows()
        .find(name == null ? "" : name)
        .orElseThrow(() ->
            AwsError.of(
                "NotFoundException",
                "Unable to get budget: %s - the budget doesn't exist.".formatted(name)));
  }

  String arn(String name) {
    return "arn:aws:budgets::" + world.account() + ":budget/" + name;
  }
}
