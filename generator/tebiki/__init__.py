"""Tebiki compiles a policy handbook from YAML and Markdown into a bilingual static site.

Read ``cli.py`` first, then the five steps it calls, in order:
``load`` → ``check`` → ``compile`` → ``build`` → ``publish``.
"""
