@echo off
rem What the engine starts on Windows; see pulumi-resource-computenest.
setlocal DisableDelayedExpansion
where /q node
if errorlevel 1 (
  echo pulumi-resource-computenest needs Node.js 20.19 or newer, and there is no node on PATH. 1>&2
  exit /b 1
)
set "main=%~dp0main.js"
if not exist "%main%" set "main=%~dp0..\bin\plugin\main.js"
if not exist "%main%" (
  echo pulumi-resource-computenest is not compiled: run npm run build in "%~dp0..". 1>&2
  exit /b 1
)
node "%main%" %*
exit /b %errorlevel%
