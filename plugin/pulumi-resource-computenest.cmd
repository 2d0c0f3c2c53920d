@echo off
rem What the engine starts on Windows; see pulumi-resource-computenest.
set "main=%~dp0main.js"
if not exist "%main%" set "main=%~dp0..\bin\plugin\main.js"
node "%main%" %*
