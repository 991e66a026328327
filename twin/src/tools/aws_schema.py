#!/usr/bin/env python3
"""Makes aws-schema.json, the facts about the hashicorp/aws provider's schema that the twin serves.

usage: aws_schema.py schema.json > twin/src/main/resources/dev/slipway/twin/terraform/aws-schema.json

The input says, for each resource type and data source, what a 5.x provider reports of itself and
(`added_in_6_25`) what the published 6.25.0 bindings have more. Of the latter the twin serves those
that ADDED names, with the flags that the provider's documentation gives them.
Output: one type a line. An attribute is [type, flags, facts?], flags being letters of Required,
Optional, Computed, Force-new, Sensitive; facts are default, conflicts, oneOf.
"""
import json
import sys

ADDED = {
    "resources": {
        "aws_budgets_budget": {
            "tags": [["map", "string"], "O"],
            "tags_all": [["map", "string"], "OC"],
        },
        "aws_cloudwatch_log_group": {"deletion_protection_enabled": ["bool", "OC"]},
        "aws_ecs_service": {
            "arn": ["string", "C"],
            "availability_zone_rebalancing": ["string", "OC"],
            "force_delete": ["bool", "O"],
            "sigint_rollback": ["bool", "O", {"default": False}],
        },
        "aws_eip": {"arn": ["string", "C"], "ptr_record": ["string", "C"]},
        "aws_lb": {
            "client_keep_alive": ["number", "O", {"default": 3600}],
            "enable_zonal_shift": ["bool", "O", {"default": False}],
        },
    },
    "data_sources": {
        "aws_iam_policy_document": {"minified_json": ["string", "C"]},
        "aws_region": {"region": ["string", "OC"]},
    },
}

FLAGS = (("required", "R"), ("optional", "O"), ("computed", "C"), ("force_new", "F"), ("sensitive", "S"))
FACTS = (("default", "default"), ("conflicts_with", "conflicts"), ("exactly_one_of", "oneOf"))


def attribute(facts):
    entry = [facts["type"], "".join(letter for key, letter in FLAGS if facts.get(key))]
    more = {name: facts[key] for key, name in FACTS if key in facts}
    return entry + [more] if more else entry


def block(facts):
    made = {"attributes": {name: attribute(a) for name, a in sorted(facts.get("attributes", {}).items())}}
    nested = {}
    for name, inner in sorted(facts.get("blocks", {}).items()):
        nested[name] = {"nesting": inner["nesting"]}
        for key, short in (("min_items", "min"), ("max_items", "max"), ("computed", "computed"), ("force_new", "forceNew")):
            if key in inner:
                nested[name][short] = inner[key]
        nested[name].update(block(inner))
    if nested:
        made["blocks"] = nested
    return made


def schema(kind, name, facts):
    made = {"version": facts["schema_version"]}
    if facts.get("plugin_framework"):
        made["framework"] = True
    made.update(block(facts))
    for extra, entry in ADDED[kind].get(name, {}).items():
        assert extra in facts.get("added_in_6_25", {}), (name, extra)
        made["attributes"][extra] = entry
    made["attributes"] = dict(sorted(made["attributes"].items()))
    return made


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        source = json.load(file)

    def line(value):
        return json.dumps(value, separators=(",", ":"))

    print("{")
    print('"provider":' + line(block(source["provider"])) + ",")
    for kind, last in (("resources", False), ("data_sources", True)):
        print(f'"{kind}":{{')
        types = sorted(source[kind].items())
        for i, (name, facts) in enumerate(types):
            print(f'"{name}":' + line(schema(kind, name, facts)) + ("," if i + 1 < len(types) else ""))
        print("}" if last else "},")
    print("}")


main()
