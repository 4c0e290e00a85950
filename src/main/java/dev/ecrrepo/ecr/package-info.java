/// The calls to Amazon ECR: the only package that knows the SDK.
package dev.ecrrepo.ecr;
