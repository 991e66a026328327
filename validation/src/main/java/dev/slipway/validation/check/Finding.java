package dev.slipway.validation.check;

import java.util.List;

/**
 * Something that a posture check found wrong.
 *
 * @param cause the id of the cause, as in the catalogue of causes
 * @param severity how bad it is
 * @param resource the one resource to change
 * @param explanation what is wrong, in one or two sentences
 * @param change what to change, in one sentence
 * @param terraform the change as Terraform
 * @param cli the change as AWS CLI
 * @param evidence what shows it, one line each
 */
public record Finding(
    String cause,
    Severity severity,
    String resource,
    String explanation,
    String change,
    String terraform,
    String cli,
    List<String> evidence) {}
