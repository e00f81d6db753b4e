/**
 * The version of the specification that this suite judges by; spec/CHANGELOG.md says what it
 * brought.
 */
export const SPECIFICATION = '0.2';
