"""The English that all stages share: folded names, sentences, numbers, time expressions. Text in, spans and forms out."""
