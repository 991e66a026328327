# The real thing, at the lowest cost that is still highly available: two zones, one NAT gateway.
environment        = "production"
egress             = "nat"
log_retention_days = 30
