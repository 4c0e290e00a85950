# `make` lists what there is. Nothing here relies on the shell's set-up: Java and Python are searched for.

MAKEFLAGS += --no-print-directory --no-builtin-rules
.SUFFIXES:
.DEFAULT_GOAL := help
.PHONY: help local plan drift smoke test simulate fuzz inventory replay package sbom fast release bench format docs clean

# By the shell: make's own functions take a blank in a path for the end of a name. The list begins with a blank of its own.
ROOT := $(shell cd "$$(dirname "$$(printf '%s' "$(MAKEFILE_LIST)" | sed 's/^ //')")" && pwd)
# Where the caller stands: paths in EVENT, TEMPLATE and UPDATE are relative to it. Under `make -C` that
# is the shell's PWD; otherwise PWD may be stale, if a program and not a shell called make.
# (make itself then prints the folder on standard output; `make -s -C` keeps that clean for FORMAT=json.)
CALLED := { tr '\0' ' ' <"/proc/$$PPID/cmdline" || ps -o args= -p "$$PPID"; } 2>/dev/null
HERE := $(if $(shell $(CALLED) | grep -E '(^| )(-[A-Za-z]*C|--directory)'),$(PWD),$(CURDIR))

EVENT ?=
TEMPLATE ?=
UPDATE ?=
PARAMETERS ?=
SSM ?=
FORMAT ?=
VERBOSE ?=
PLAN ?=
DRIFT ?=
IMAGES ?=
STACK ?=
STRICT ?=
AWS ?=
REGION ?=
SECOND_REGION ?=
PREFIX ?=
YES ?=
SEED ?=
HISTORIES ?=
MINUTES ?=
HISTORY ?=
PROVE ?=
FUNCTION ?=
export EVENT TEMPLATE UPDATE PARAMETERS SSM FORMAT VERBOSE STRICT PLAN DRIFT IMAGES STACK AWS REGION SECOND_REGION PREFIX YES
export SEED HISTORIES MINUTES HISTORY PROVE FUNCTION

PREPARE = python=$$("$(ROOT)/local/find-python") && "$$python" "$(ROOT)/local/prepare.py"
WITH_JDK = JAVA_HOME=$$("$(ROOT)/local/find-jdk") && export JAVA_HOME
MVN = "$(ROOT)/mvnw" -B -f "$(ROOT)/pom.xml"

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1 \2/p' "$(ROOT)/Makefile" | awk '{ name = $$1; sub(/^[a-z]+ /, ""); \
	  options = ""; if (at = index($$0, " :: ")) { options = substr($$0, at + 4); $$0 = substr($$0, 1, at - 1) } \
	  printf "make %-10s %s\n", name, $$0; if (options) printf "%15s %s\n", "", options }'

local: ## run the provider on this machine, without an AWS account (local/README.md) :: [TEMPLATE=my.yaml [UPDATE=changed.yaml] [PARAMETERS="A=b C=d"] [SSM="/name=value"]] [EVENT="a.json b.json"] [PLAN=1 [IMAGES="v1=40"]] [DRIFT=1] [FORMAT=json] [VERBOSE=1] [STRICT=1]
	@cd "$(HERE)" && $(PREPARE) inputs package venv
	@cd "$(HERE)" && PYTHONPATH="$(ROOT)" exec "$(ROOT)/.venv/bin/python" -m local

# make answers every failure of a command with its own status 2: `python -m report` has the statuses of docs/reports.md.
plan: ## show what a deployment would do, in your account (docs/reports.md) :: STACK=name TEMPLATE=my.yaml [PARAMETERS="A=b C=d"] [FUNCTION=name] [REGION=…] [FORMAT=json]
	@$(PREPARE) venv
	@cd "$(HERE)" && PYTHONPATH="$(ROOT)" exec "$(ROOT)/.venv/bin/python" -m report plan

drift: ## show which repositories differ from what was last applied, in your account :: [FUNCTION=name] [REGION=…] [FORMAT=json]
	@$(PREPARE) venv
	@cd "$(HERE)" && PYTHONPATH="$(ROOT)" exec "$(ROOT)/.venv/bin/python" -m report drift

smoke: ## run the stories of stacks in MiniStack, an independent emulator, or in your account after asking :: [FORMAT=json] [AWS=1 REGION=… [SECOND_REGION=…] [PREFIX=…] [YES=1]]
	@$(PREPARE) package test-venv
	@cd "$(ROOT)" && { [ -n "$(filter-out 0,$(AWS))" ] || .venv/bin/python -m fast; } && exec .venv/bin/python -m local.smoke

test: ## run everything that CI runs: format, static checks, unit, integration and end-to-end tests
	@"$(ROOT)/local/test"

fuzz: ## search for inputs that break the function, in seven kinds of input :: [MINUTES=12]
	@$(WITH_JDK) && "$(ROOT)/local/fuzz"

simulate: ## search for faults in a simulation of CloudFormation, Lambda and ECR :: [SEED=1] [HISTORIES=20000] [MINUTES=30] [HISTORY=seed] [FORMAT=json] [PROVE=1]
	@$(WITH_JDK) && $(MVN) -q test-compile dependency:build-classpath -Dmdep.outputFile="$(ROOT)/target/test-classpath" -Dmdep.includeScope=test >&2 && \
	  cd "$(ROOT)" && exec "$$JAVA_HOME/bin/java" -cp "target/test-classes:target/classes:$$(cat target/test-classpath)" dev.ecrrepo.simulation.Simulate

inventory: ## list the provider's repositories and their stacks in your account :: [REGION=…] [FORMAT=json]
	@$(PREPARE) venv
	@cd "$(ROOT)" && exec .venv/bin/python -m operations.inventory

replay: ## send the events in the failure queue to the function again, after asking :: [FUNCTION=custom-ecrrepo] [REGION=…] [YES=1] [FORMAT=json]
	@$(PREPARE) venv
	@cd "$(ROOT)" && exec .venv/bin/python -m operations.replay

# Without a Python that is new enough, as in the image of `sam build --use-container`, Maven alone does it, and always anew.
package: ## build the function's package, target/custom-ecrrepo-function.jar
	@if python=$$("$(ROOT)/local/find-python" 2>/dev/null); then "$$python" "$(ROOT)/local/prepare.py" package; \
	else $(WITH_JDK) && $(MVN) -q package -Dmaven.test.skip=true -Dspotless.check.skip=true; fi

fast: ## build the fast variant, with its own Java runtime: target/custom-ecrrepo-fast.zip and its template
	@$(PREPARE) package venv
	@cd "$(ROOT)" && exec .venv/bin/python -m fast

release: sbom ## build target/release, the folder that a release publishes and that `sam deploy` deploys without a build
	@$(PREPARE) package venv
	@cd "$(ROOT)" && { ! .venv/bin/python -m fast.machine || .venv/bin/python -m fast; } && exec .venv/bin/python -m release

bench: ## measure against Python and Node.js (ten minutes) and write docs/performance.md :: [PART=cold]
	@$(PREPARE) package venv
	@cd "$(ROOT)" && .venv/bin/python -m fast && exec .venv/bin/python -m bench $(PART)

# `sam build` calls this, as template.yaml tells it to: so it finds the same JDK and builds the same package as everything here.
.PHONY: build-EcrRepoFunction build-ReportFunction
build-EcrRepoFunction build-ReportFunction: package
	@mkdir -p "$(ARTIFACTS_DIR)/lib" && cp -p "$(ROOT)/target/custom-ecrrepo-function.jar" "$(ARTIFACTS_DIR)/lib/"

sbom: ## write the package's bill of materials (CycloneDX), target/custom-ecrrepo-sbom.json
	@$(WITH_JDK) && $(MVN) -q org.cyclonedx:cyclonedx-maven-plugin:2.9.1:makeBom -DoutputFormat=json -DoutputName=custom-ecrrepo-sbom -DincludeTestScope=false

format: ## format the Java sources
	@$(WITH_JDK) && $(MVN) -q spotless:apply

docs: ## regenerate the generated documentation
	@$(PREPARE) node
	@$(WITH_JDK) && $(MVN) -q test -Dregenerate=true \
	  -Dtest=PropertyReferenceTest,LifecycleRecipesTest,AccessRecipesTest,ProfilePictureTest,ErrorGuideTest

clean: ## remove build results, but keep installed packages (.venv)
	@rm -rf "$(ROOT)/target" "$(ROOT)/.aws-sam"
