@echo off
rem Runs the machine's Maven; it must be 3.8.7 or later.
where mvn >nul 2>nul
if errorlevel 1 (
  echo mvnw: Maven 3.8.7 or later is needed on the PATH 1>&2
  exit /b 1
)
mvn %*
