/// What `Fn::GetAtt` offers of a repository.
package dev.ecrrepo.attributes;
