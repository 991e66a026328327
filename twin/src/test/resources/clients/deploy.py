"""What the deployer ecs-deploy is given to work on: a service that runs the image `one`; prints its repository."""
import twin

stack = twin.Stack()
twin.push(stack.repository, "one", {"answers": [{"body": "one"}]})
twin.push(stack.repository, "two", {"answers": [{"body": "two"}]})
twin.push(stack.repository, "bad", {"exit": {"after": 1, "code": 1}})
# Without the breaker: the deployer rolls back by itself.
stack.serve("web", stack.define("one"), breaker=False)
stack.ecs.get_waiter("services_stable").wait(
    cluster=twin.CLUSTER, services=["web"], WaiterConfig={"Delay": 0.1, "MaxAttempts": 300})
print(stack.repository)
