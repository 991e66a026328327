# Thin on purpose: every target is one script, Maven or slipway call. ENV=twin (default) or ENV=aws.
SHELL := bash
export ENV ?= twin

.DEFAULT_GOAL := help
.PHONY: help up down test plan apply validate destroy image native diagram doctor lint fmt docs bench rehearse pit

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

up: ## the main job: build, start the twin, apply, push the image, roll out, validate
	@scripts/deploy.sh up

down: ## stop the twin and remove its state
	@scripts/deploy.sh down

plan: ## what apply would change
	@scripts/deploy.sh plan

apply: ## build and push the current commit's image, apply Terraform with its digest
	@scripts/deploy.sh apply

validate: ## run the verifier on the deployed service; TAGS=smoke chooses checks
	@scripts/deploy.sh validate

destroy: ## remove everything, then prove that nothing billable is left
	@scripts/deploy.sh destroy

image: ## build the current commit's image and push it to ECR
	@scripts/deploy.sh image

native: ## the service as a native executable, with GRAALVM_HOME or the builder container
	@scripts/native.sh

diagram: ## draw assets/architecture.png from Terraform's state
	@scripts/deploy.sh diagram

test: ## every test, offline
	@scripts/test.sh

rehearse: ## break it in every known way, see who notices: FAULT=id, LAYER=net, SEED=7
	@scripts/rehearse.sh

docs: ## write anew the pages of docs/ that the code says: differences from AWS, the emulators' table
	@scripts/docs.sh

pit: ## mutation testing of the verifier's checks and diagnosis; stops below 85 %, takes a while
	@scripts/pit.sh

bench: ## measure the twin against its limits, write docs/benchmarks: needs wrk and nginx
	@scripts/bench.sh

lint: ## formatting, workflows and Terraform, without changing anything
	@scripts/lint.sh

fmt: ## format everything
	@scripts/lint.sh --fix

doctor: ## what is missing on this machine, and how to get it
	@scripts/doctor.sh
