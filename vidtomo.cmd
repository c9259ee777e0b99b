@echo off
rem The launcher. In a source checkout it builds what is missing; in a distribution it only runs.
setlocal
set "HOME_DIR=%~dp0"
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" -version >nul 2>nul
if errorlevel 1 (
  echo vidtomo: no Java found: install JDK 17 or later ^(https://adoptium.net^) or set JAVA_HOME 1>&2
  exit /b 1
)
if exist "%HOME_DIR%lib\vidtomo" (
  set "CP=%HOME_DIR%lib\vidtomo\*"
  goto run
)
if not exist "%HOME_DIR%deploy\launcher\target\classpath" (
  echo vidtomo: building; the first time this fetches what it needs and takes a few minutes 1>&2
  pushd "%HOME_DIR%"
  call mvnw.cmd -q -B -DskipTests -Dspotless.check.skip=true package 1>&2
  if errorlevel 1 (popd & exit /b 1)
  popd
)
set /p CP=<"%HOME_DIR%deploy\launcher\target\classpath"
set "CP=%HOME_DIR%deploy\launcher\target\classes;%CP%"
:run
rem What runs on volunteers' machines takes little of them.
set HEAP=768m
if "%~1"=="agent" set HEAP=128m
"%JAVA%" -Xmx%HEAP% -XX:+UseSerialGC -Dvidtomo.home="%HOME_DIR%." %VIDTOMO_JAVA_OPTS% -cp "%CP%" org.vidtomo.launcher.Main %*
