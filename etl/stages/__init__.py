"""One file, one stage, one public function: ``(input, vocabulary) -> (output, issues)``. No database, no screen."""
